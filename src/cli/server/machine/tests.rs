use super::*;

#[test]
fn versions_of_sudo_are_read() {
    let cases = [
        ("Sudo version 1.9.13p3\nSudoers policy plugin", Some((1, 9, 13))),
        ("Sudo version 1.9.16\n", Some((1, 9, 16))),
        ("Sudo version 1.10b1\n", Some((1, 10, 0))),
        ("sudo: command not found", None),
        ("", None),
    ];
    for (said, expected) in cases {
        assert_eq!(version_in(said), expected, "{said:?}");
    }
}

#[test]
fn what_sshd_lacks_is_named() {
    let well = "forcecommand /opt/huifang/bin/huifang-login\ndisableforwarding yes\n\
        permituserrc no\npermituserenvironment no\nauthorizedkeysfile /etc/ssh/huifang_keys/%u\n";
    let login = "/opt/huifang/bin/huifang-login";
    assert_eq!(sshd_lacks(well, login), Vec::<String>::new());
    let open = well.replace("disableforwarding yes", "disableforwarding no");
    assert_eq!(sshd_lacks(&open, login), ["disableforwarding yes"]);
    assert_eq!(sshd_lacks("", login).len(), 5);
}
