//! Headings of the command line's lists, and what it says when it has done something.

use super::format::counted;
use super::{Lang, catalog};

catalog! {
    /// Texts of the command line.
    Cli {
        customer_id: "Number" | "客户号";
        customer: "Customer" | "客户";
        officer: "Officer" | "管户";
        line: "Line" | "条线";
        district: "District" | "区域";
        tier: "Tier" | "分类";
        exposure: "Exposure" | "敞口";
        past_due: "Past due" | "逾期天数";
        next_due: "Next due" | "下次应访";
        last_visit: "Last visit" | "上次回访";
        visit: "Visit" | "回访编号";
        visited_on: "Visited on" | "回访日期";
        gaps: "Gaps" | "缺口";
        class: "Class" | "方式";
        opens: "From" | "可自";
        due: "Due" | "到期";
        overdue: "Overdue" | "逾期";
        duties: "Duties" | "检查义务";
        day: "Day" | "建议日期";
        reason: "Reason" | "原因";
        fixed: "Fixed" | "已定";
        flag: "Flag" | "信号编号";
        flags: "Flags" | "信号数";
        signal: "Signal" | "信号";
        level: "Level" | "等级";
        state: "State" | "状态";
        step: "Step" | "处置进度";
        raised: "Raised" | "发现日期";
        owner: "Owner" | "责任人";
        what: "What" | "事项";
        promised_by: "By" | "由谁";
        id: "Id" | "编号";
        user: "User" | "用户名";
        name: "Name" | "姓名";
        role: "Role" | "角色";
        branch: "Branch" | "机构";
        disabled: "Disabled" | "停用";
        job: "Job" | "作业";
        for_day: "For" | "业务日期";
        count: "Done" | "处理数";
        enabled: "Enabled" | "启用";
        failures: "Failures" | "失败次数";
        fault: "Fault" | "错误";
        seq: "No." | "序号";
        at: "At" | "时间";
        actor: "Who" | "操作人";
        command: "Command" | "操作";
        subject: "About" | "对象";
        check: "Check" | "检查项";
        result: "Result" | "结果";
        detail: "Detail" | "说明";
        gap_blocks: "! without it no visit of this customer can be planned" | "! 缺此项则该客户无法排访";
        advice: "What to do" | "怎么办";
        table: "Table" | "表";
        fine: "in order" | "正常";
        not_fine: "NOT in order" | "异常";
        worth_note: "note" | "注意";
        inserted: "New" | "新增";
        updated: "Changed" | "更新";
        unchanged: "Same" | "未变";
        skipped: "Skipped" | "跳过";
        faulty: "Faulty" | "有误";
        sheet: "Sheet" | "表/文件";
        row: "Line" | "行";
        column: "Column" | "列";
        value: "Value" | "内容";
        expected: "Expected" | "应填";
        field: "Field" | "字段";
        kind: "Kind" | "类型";
        reference: "Of" | "对象";
        blocks: "Blocks" | "影响计划";
        raw_due: "Raw due" | "原始到期";
        rule: "Rule" | "规则";
        fate: "State" | "状态";
        source: "Source" | "来源";
        yes: "yes" | "是";
        own_branch: "Head office" | "本部";
    }
}

impl Cli {
    /// A file was made.
    pub fn made(&self, path: &str) -> String {
        match self.lang {
            Lang::En => format!("Written: {path}"),
            Lang::Zh => format!("已生成：{path}"),
        }
    }

    /// A handover waits for its signatures.
    pub fn handover_started(&self, packet: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "Handover {packet} started; giver, receiver and witness sign it on the screen (i, Enter, s)"
            ),
            Lang::Zh => {
                format!("已发起移交 {packet}；请移交人、接收人、监交人登录后签署（i，回车，s）")
            }
        }
    }

    /// Rows were written.
    pub fn rows(&self, path: &str, n: u64) -> String {
        match self.lang {
            Lang::En => format!("{} written to {path}", counted(n, "row")),
            Lang::Zh => format!("已写出 {n} 行：{path}"),
        }
    }

    /// What to do about a branch with fewer than two supervisors.
    pub fn supervisors(&self, there: usize) -> &'static str {
        if there > 0 {
            return self.advice("supervisors");
        }
        self.lang.pick(
            "name two supervisors: nobody can approve what this branch writes",
            "请设两名主管：该机构没有主管，记录无人可以复核",
        )
    }

    /// A demo was made.
    pub fn demo_made(&self, path: &str, customers: u32) -> String {
        match self.lang {
            Lang::En => format!("Demo with {}: {path}", counted(customers, "customer")),
            Lang::Zh => format!("演示数据已生成，{customers} 户：{path}"),
        }
    }

    /// How far long work has come.
    pub fn progress(&self, what: &str, done: u64, all: u64) -> String {
        format!("{what} {done}/{all}")
    }

    /// The demo was there already.
    pub fn demo_kept(&self, path: &str) -> String {
        match self.lang {
            Lang::En => format!("The demo is there already and stays as it is: {path}"),
            Lang::Zh => format!("演示数据已存在，未作改动：{path}"),
        }
    }

    /// Who was added or changed, and what holds of her now.
    pub fn user_set(&self, user: &str, name: &str, role: &str, branch: &str) -> String {
        match self.lang {
            Lang::En => format!("User {user} is active: {name}, {role}, branch {branch}"),
            Lang::Zh => format!("用户 {user} 已启用：姓名 {name}，角色 {role}，机构 {branch}"),
        }
    }

    /// Who was disabled.
    pub fn user_disabled(&self, user: &str) -> String {
        match self.lang {
            Lang::En => format!("User {user} is disabled"),
            Lang::Zh => format!("用户 {user} 已停用"),
        }
    }

    /// Whose PIN is gone.
    pub fn pin_reset(&self, user: &str) -> String {
        match self.lang {
            Lang::En => format!("The PIN of {user} is gone; she sets a new one"),
            Lang::Zh => format!("用户 {user} 的 PIN 已清除，由本人重新设置"),
        }
    }

    /// Asks before the present file is moved aside.
    pub fn restore_asks(&self, target: &str, copy: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{target} is moved aside (kept as {target}.before-…) and {copy} takes its place. Go on? [y/N]"
            ),
            Lang::Zh => {
                format!("将移开 {target}（保留为 {target}.before-…），换上 {copy}。是否继续？[y/N]")
            }
        }
    }

    /// A copy was made that the journal could not note.
    pub fn backup_not_noted(&self) -> &'static str {
        self.lang.pick(
            "The copy is good, but the journal could not note it",
            "备份已完成，但未能写入日志",
        )
    }

    /// The restored file, and where the file before it lies, if there was one.
    pub fn restored(&self, path: &str, before: Option<&str>) -> String {
        match (self.lang, before) {
            (Lang::En, Some(before)) => format!("Restored: {path}. The file before it: {before}"),
            (Lang::Zh, Some(before)) => format!("已恢复：{path}。原文件：{before}"),
            (Lang::En, None) => format!("Restored: {path}"),
            (Lang::Zh, None) => format!("已恢复：{path}"),
        }
    }

    /// Documents and photos that lie with a copy, or are back in their place.
    pub fn files_kept(&self, count: u64, folder: &str) -> String {
        match self.lang {
            Lang::En => format!("Documents and photos: {count} in {folder}"),
            Lang::Zh => format!("资料与照片：{count} 个，位于 {folder}"),
        }
    }

    /// Documents and photos that are nowhere to be found whole.
    pub fn files_missing(&self, count: u64) -> String {
        match self.lang {
            Lang::En => format!(
                "Documents or photos missing or damaged: {count}; huifang doctor tells more"
            ),
            Lang::Zh => format!("缺失或损坏的资料与照片 {count} 个：请运行 huifang doctor 查看"),
        }
    }

    /// The journal is whole, and fits this many anchors.
    pub fn journal_whole(&self, seq: i64, anchors: usize) -> String {
        match (self.lang, anchors) {
            (Lang::En, 0) => format!("The journal is whole: {}", counted(seq, "row")),
            (Lang::Zh, 0) => format!("日志完整，共 {seq} 行"),
            (Lang::En, n) => {
                format!("The journal is whole: {}, anchors that agree: {n}", counted(seq, "row"))
            }
            (Lang::Zh, n) => format!("日志完整，共 {seq} 行，与 {n} 个留存值一致"),
        }
    }

    /// Rows without words are no fault where an erasure accounts for them.
    pub fn words_gone(&self, rows: u64) -> String {
        match self.lang {
            Lang::En => {
                format!(
                    "{} without words, gone with an erasure that accounts for them",
                    counted(rows, "row")
                )
            }
            Lang::Zh => format!("其中 {rows} 条的内容已随客户数据清除，均有清除记录可查"),
        }
    }

    /// Days between the first and the last anchor that have none.
    pub fn days_without_anchor(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} in between without an anchor", counted(days, "day")),
            Lang::Zh => format!("其间有 {days} 天没有留存值"),
        }
    }

    /// A copy was looked through as if it were put in place.
    pub fn drilled(&self, rows: i64, anchors: usize, people: usize, files: (u64, u64)) -> String {
        let (whole, all) = files;
        match self.lang {
            Lang::En => format!(
                "The copy could be put in place: journal whole with {}, anchors that agree: {anchors}, users: {people}, files whole: {whole} of {all}",
                counted(rows, "row")
            ),
            Lang::Zh => format!(
                "备份可以恢复：日志 {rows} 行完整，与 {anchors} 个留存值一致，用户 {people} 人，文件完整 {whole}/{all}"
            ),
        }
    }

    /// A point of the doctor's list.
    pub fn checked(&self, check: &str) -> &'static str {
        let (en, zh) = match check {
            "program" => ("program", "程序"),
            "engine" => ("engine", "数据库"),
            "settings" => ("settings", "设置"),
            "terminal" => ("terminal", "终端"),
            "file" => ("file", "数据文件"),
            "structure" => ("structure and references", "结构与引用"),
            "journal" => ("journal", "日志链"),
            "log" => ("write-ahead log", "预写日志"),
            "clock" => ("clock", "时钟"),
            "disk" => ("free disk space", "磁盘余量"),
            "writer" => ("who is writing", "正在写入的进程"),
            "anchor" => ("last anchor of the journal", "日志上次留存"),
            "backup" => ("daily backup", "每日备份"),
            "people" => ("people", "用户"),
            "attachments" => ("documents and photos", "资料与照片"),
            "backup_files" => ("documents and photos in the backup", "备份中的资料与照片"),
            "supervisors" => ("supervisors of a branch", "机构主管"),
            "plan" => ("plan", "计划"),
            "rules" => ("rules of signals", "信号规则"),
            "rules_branch" => ("branches of own rules", "自有规则的机构"),
            _ => ("job", "作业"),
        };
        self.lang.pick(en, zh)
    }

    /// What to do when this point of the doctor's list is not in order.
    pub fn advice(&self, check: &str) -> &'static str {
        let (en, zh) = match check {
            "terminal" => (
                "set TERM and a UTF-8 locale; lists and files work all the same",
                "请设置 TERM 和 UTF-8 语言环境；命令行清单与导入导出不受影响",
            ),
            "file" | "structure" => (
                "work no further with this file; `huifang restore` the last backup",
                "请停止使用此文件，并用 huifang restore 恢复最近的备份",
            ),
            "journal" => ("keep the file as it is and tell the auditor", "请保留文件并报告审计"),
            "log" => (
                "end sessions that were left open, then `huifang jobs run`",
                "请结束长期未退出的会话，再运行 huifang jobs run",
            ),
            "clock" => (
                "set the clock of the machine; dated work waits until then",
                "请校准系统时间；此前按日期的工作会暂停",
            ),
            "attachments" => (
                "put missing and damaged files back from the attach folder of a backup; the register names each by its hash",
                "请从备份的 attach 目录找回缺失或损坏的文件；登记表以哈希标明每个文件",
            ),
            "backup_files" => (
                "move damaged files out of the attach folder of the backup; the next daily backup copies them anew",
                "请移走备份 attach 目录中损坏的文件，下次每日备份会重新复制",
            ),
            "rules" => (
                "mend signals.toml beside the database, or take it away: until then no signal is looked for; `huifang signals check FILE` tells the next fault",
                "请更正数据库旁的 signals.toml 或将其移走；在此之前不评估信号；用 huifang signals check 文件 可查下一处错误",
            ),
            "rules_branch" => (
                "mend the name in signals.toml, or set the people's branch (`huifang user add USER --branch NAME`): until then the entry counts for nobody",
                "请更正 signals.toml 中的机构名，或给用户设置该机构（huifang user add 用户名 --branch 机构）；在此之前该条设置不生效",
            ),
            "supervisors" => (
                "name a second one: what the only supervisor wrote herself nobody can approve",
                "请再设一名主管：唯一的主管自己写的记录无人可以复核",
            ),
            "anchor" => (
                "run `huifang journal anchor` daily from a timer, and let the auditor take the files away",
                "请用系统定时器每日运行 huifang journal anchor，并由审计取走留存文件",
            ),
            "writer" => (
                "this process was stopped while it holds the lock: continue it (kill -CONT) or end it (kill -9); nothing that was acknowledged is lost",
                "该进程在持锁时被暂停：请继续（kill -CONT）或结束它（kill -9）；已确认的内容不会丢失",
            ),
            "disk" => (
                "make room; nothing is lost, but nothing can be written",
                "请腾出空间，否则无法写入",
            ),
            "backup" => (
                "run `huifang jobs run` daily from a timer, or `huifang backup FILE` now",
                "请用系统定时器每日运行 huifang jobs run，或立即运行 huifang backup 备份文件",
            ),
            "people" => (
                "`huifang user add USER --name NAME --role officer`",
                "请运行 huifang user add 用户名 --name 姓名 --role officer",
            ),
            "plan" => ("run `huifang jobs run`", "请运行 huifang jobs run"),
            _ => {
                ("remove the cause and run `huifang jobs run`", "请排除原因后运行 huifang jobs run")
            }
        };
        self.lang.pick(en, zh)
    }
}
