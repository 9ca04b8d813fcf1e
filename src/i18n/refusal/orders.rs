//! What the store says to orders, to statements, to tiers, and to days that are no workdays.

use super::Lang;

/// The name of a field.
pub(super) fn field(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "tier" => ("The tier", "分类意见"),
        "event" => ("The event", "事项"),
        "period_end" => ("End of the period", "报表日期"),
        "period_months" => ("Months", "报表月数"),
        "shares_pledged" => ("Shares pledged", "股权质押比例"),
        "statement" => ("The statement", "报表"),
        "holidays" => ("The holiday table", "节假日表"),
        "title" => ("What happened", "事件名称"),
        "change" => ("Change in percent", "变动幅度"),
        "happened_on" => ("Day of the event", "发生日期"),
        "industries" => ("Industries", "行业"),
        "districts" => ("Districts", "区域"),
        "drivers" => ("Drivers", "驱动因素"),
        "finding" => ("What came of it", "核查结论"),
        "points" => ("Point", "检查要点"),
        "customers" => ("Customers", "客户"),
        "receiver" => ("To", "接收人"),
        "witness" => ("Witness", "监交人"),
        "month" => ("The month", "该月"),
        "on" => ("Effective from", "生效日期"),
        "handover" => ("The handover", "移交内容"),
        _ => return super::strategy::field(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// A sentence of its own: what stands in the way of a better tier.
pub(super) fn whole(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "entered_already" => (
            "This event is entered already, with the same day and reach, and open; once is enough",
            "同一事件（同日、同范围）已登记且未结束，无需重复登记",
        ),
        "still_overdue" => (
            "The tier can't be better while the debtor is past due for so long",
            "欠款逾期天数尚未消除，分类不能优于其对应档次",
        ),
        "observed" => (
            "The tier can't be better while the observation after a restructuring runs",
            "重组观察期未满，分类不能优于其最低档次",
        ),
        "event_stands" => (
            "The tier can't be better while what is noted of the debtor has not ended",
            "已登记事项尚未解除，分类不能优于其对应档次",
        ),
        "bad_share" => (
            "The tier can't be better while so much of the debtor's claims is bad",
            "不良债权占比超限，分类不能优于次级",
        ),
        "not_cured" => (
            "The tier can't be better: arrears paid and proper payment for long enough come first",
            "分类不满足上调条件：须还清欠款并连续正常还款达到规定期限",
        ),
        _ => return None,
    };
    Some(lang.pick(en, zh))
}

/// What is wrong with a field and what helps.
pub(super) fn fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "unsound_days" => (
            "can't be added; run `huifang holidays check`",
            "不能添加，请先运行 huifang holidays check 检查",
        ),
        "out_of_order" => (
            "comes too early: an orange or red flag is seen, then its measure decided, acted on, verified, and only then cleared",
            "顺序不对：橙色、红色信号须依次已阅、定措施、处置、核实，方可解除",
        ),
        "unsound_rules" => {
            ("is not sound; run `huifang signals check`", "有误，请运行 huifang signals check 检查")
        }
        "unsound_card" => (
            "is not sound; `huifang score --card FILE --ratios FILE` says where",
            "有误，运行 huifang score --card 文件 --ratios 文件 可看出错处",
        ),
        "reached" => ("is behind this flag already; look at it again", "已经完成，请重新查看"),
        "other_level" => {
            ("is not meant for a flag of this level; choose another", "不适用于该等级，请另选")
        }
        "only_price" => ("belongs to a price alone; leave it empty", "只用于价格事件，请留空"),
        "unknown_driver" => (
            "names none of the pack; see `huifang events drivers`",
            "不在驱动因素表中，请用 huifang events drivers 查看",
        ),
        "reaches_nobody" => (
            "or districts or drivers must be named: an event for everybody tells nobody anything",
            "、区域、驱动因素须至少填一项",
        ),
        "meets_nobody" => (
            "meet no customer with a running loan; check the words",
            "与在贷客户均不相符，请核对用词",
        ),
        "out_of_range" => ("is outside what is possible; check it", "超出可能的范围，请核对"),
        "several_users" => {
            ("is the name of several people; enter the login name", "重名，请填用户名")
        }
        "sees_not" => (
            "does not see this customer, or has other work; name somebody who can act on it",
            "看不到该客户，或不办理此类事项，请填能办理的同事",
        ),
        "not_the_givers" => {
            ("are not all the giver's; choose again among hers", "不全在移交人名下，请重新选择")
        }
        "in_packet" => (
            "stand in another handover that is open; end that first",
            "已在另一笔未结束的移交中，请先处理该移交",
        ),
        "same_person" => (
            "has another part in it already; it takes three different people",
            "与其他角色重复，须为三个不同的人",
        ),
        "other_role" => {
            ("has a role that can't do this; choose somebody else", "的角色不适合，请另选")
        }
        "not_over" => (
            "is not over; close it on its last day or later",
            "尚未结束，请于当月最后一天或之后结账",
        ),
        "too_long_ago" => {
            ("is too long ago: its figures are not counted any more", "过于久远，其数字已不再统计")
        }
        "plan_is_old" => (
            "can't be closed before the plan is rolled to today; run `huifang jobs run`",
            "须先更新当日计划，请运行 huifang jobs run",
        ),
        "unplanned_loans" => (
            "can't be closed while a loan is unplanned; the cockpit lists them",
            "有未排期的借据，不能结账，请在总览中查看",
        ),
        "open_gaps" => (
            "can't be closed while a gap is open; the cockpit lists them, an import closes them",
            "有口径或数据缺口，不能结账，请在总览中查看并补录",
        ),
        "statement_there" => {
            ("has a statement already; correct that one with e", "已有报表，请用 e 修改")
        }
        "not_yet" => (
            "has not come; the last signature can be given from that day on",
            "未到，最后一人须在该日及以后签署",
        ),
        _ => return super::strategy::fault(lang, code),
    };
    Some(lang.pick(en, zh))
}
