//! What keys do: hint bar, help, palette and the key table of the README read from here.

use super::catalog;

catalog! {
    /// Names of actions that keys can mean.
    Verbs {
        next: "down" | "下移";
        previous: "up" | "上移";
        first: "first" | "最前";
        last: "last" | "最后";
        page_down: "page down" | "下一页";
        page_up: "page up" | "上一页";
        left: "left" | "左";
        right: "right" | "右";
        open: "open" | "打开";
        back: "back" | "返回";
        next_pane: "next pane" | "下一窗格";
        previous_pane: "previous pane" | "上一窗格";
        screen_today: "today" | "今日";
        screen_customers: "customers" | "客户";
        screen_checklist: "checklist" | "检查";
        screen_flags: "risk flags" | "风险信号";
        screen_review: "review" | "复核";
        previous_screen: "previous screen" | "上一界面";
        zoom: "zoom pane" | "放大窗格";
        help: "help" | "帮助";
        palette: "commands" | "命令";
        search: "find" | "查找";
        inbox: "messages" | "消息";
        why: "why due" | "为何到期";
        visit: "start visit" | "开始回访";
        flag: "raise flag" | "登记信号";
        sort: "sort" | "排序";
        filter: "filter" | "筛选";
        clear_filter: "clear filter" | "清除筛选";
        month_next: "next month" | "下月";
        month_previous: "previous month" | "上月";
        today: "today" | "回到今天";
        overdue: "overdue only" | "只看逾期";
        undo: "undo" | "撤销";
        copy: "copy" | "复制";
        refresh: "refresh" | "刷新";
        redraw: "redraw" | "重画";
        language: "中文" | "English";
        theme: "theme" | "配色";
        tour: "tour" | "导览";
        quit: "leave" | "退出";
        cancel: "cancel" | "取消";
        accept: "confirm" | "确定";
        toggle: "tick" | "勾选";
        complete: "complete" | "补全";
        edit: "edit" | "编辑";
        unchanged: "unchanged" | "未变";
        note: "note" | "备注";
        evidence: "evidence" | "证据";
        document: "document" | "资料状态";
        second: "co-inspector" | "协查人";
        declared: "customer's word" | "客户自述";
        gaps: "open items" | "未完成项";
        step_next: "next step" | "下一步";
        step_previous: "previous step" | "上一步";
        clear: "clear answer" | "清除答案";
        add_row: "add row" | "加一行";
        reason: "why asked" | "为何要问";
        submit: "hand in" | "提交";
        withdraw: "take back" | "撤回";
        discard: "discard draft" | "作废草稿";
        save: "save" | "保存";
        approve: "approve" | "通过";
        return_record: "return" | "退回";
        comment: "comment" | "批注";
        next_record: "next record" | "下一份";
        previous_record: "previous record" | "上一份";
        compare: "compare" | "对比";
        fold: "fold" | "折叠";
        section_next: "next section" | "下一节";
        section_previous: "previous section" | "上一节";
        sample: "call-back" | "抽样回访";
        amend: "amend" | "更正";
        confirm_flag: "confirm" | "确认";
        reject_flag: "reject" | "否决";
        advance: "next stage" | "推进";
        close_flag: "close" | "解除";
        history: "history" | "经过";
        keep_mine: "write mine" | "写入我的";
        keep_theirs: "keep theirs" | "保留对方";
    }
}
