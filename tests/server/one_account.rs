//! The small design: one account, a forced command a key.

use crate::place::start;

#[test]
fn a_key_is_a_person() {
    let Some(branch) = start(&["o1023:officer", "s2001:supervisor"]) else { return };
    let set_up = [
        "sed -i 's/^identity.*/identity = \"forced-command\"/' /etc/huifang/config.toml",
        "usermod -s /opt/huifang/bin/huifang-forced -p '*' huifang",
        "cp /usr/share/doc/huifang/sshd-one-account.conf /etc/ssh/sshd_config.d/20-huifang.conf",
        "for u in o1023 s2001; do printf 'command=\"/opt/huifang/bin/huifang --as %s\",restrict,pty ' $u; \
         cat /tmp/in/$u.pub; done > /etc/ssh/huifang_keys/huifang",
        "/usr/sbin/sshd -t && kill -HUP $(cat /run/sshd.pid) && sleep 1",
    ];
    for line in set_up {
        let (said, status) = branch.inside(line);
        assert_eq!(status, 0, "{line}: {said}");
    }
    let (said, _) = branch.inside("/opt/huifang/bin/huifang server check --lang en");
    assert!(said.contains("forced-command"), "{said}");
    // Whatever she asks for, it is her desk.
    let ask = ["/opt/huifang/bin/huifang --as s2001"];
    let mut hers = branch.terminal_as("o1023", "huifang", &[], &ask, &[]);
    hers.until("今日");
    hers.keys("2");
    hers.until("o1023的客户0");
    hers.leave();
    let copy = branch.database("one.db");
    let conn = crate::terminal::file(&copy);
    let actors: String = conn
        .query_row(
            "SELECT group_concat(DISTINCT actor) FROM journal WHERE command = 'sign_in'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(actors, "o1023");
    // Without a terminal, or as a shell, nothing.
    let (said, status) =
        branch.inside("runuser -u huifang -- /opt/huifang/bin/huifang-forced -c sh");
    assert_eq!(status, 77, "{said}");
    let (said, status) = branch
        .inside("runuser -u huifang -- /opt/huifang/bin/huifang-forced -c '/opt/huifang/bin/huifang --as s2001'");
    assert_eq!(status, 78, "no terminal: {said}");
}
