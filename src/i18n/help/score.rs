//! Help of the early-warning score and the notes scan.

/// Path, English, Chinese.
pub(super) const HELP: &[(&str, &str, &str)] = &[
    (
        "score",
        "Early-warning score with the points of each input: an aid, no verdict",
        "预警评分，列出各指标分值；仅供参考，不作结论",
    ),
    (
        "score --statements",
        "Score a file of statements (columns as in the import) instead of the database",
        "对报表文件评分（列名同导入），不用数据库",
    ),
    (
        "score --ratios",
        "Score a file of ratios: id, debt_ratio, current_ratio and so on; empty = unknown",
        "对指标文件评分：id、debt_ratio、current_ratio 等列，空格为未知",
    ),
    (
        "score --out",
        "Write id, score, probability, grade and each contribution to this file",
        "把编号、评分、违约概率、等级和各指标分值写入此文件",
    ),
    ("score --explain", "Add one up by hand, line by line", "逐项列出某一户的加分过程"),
    ("score --card", "Use this card instead of the one in force", "改用此评分卡文件"),
    ("score --officer", "Only customers of this officer", "只看该客户经理的客户"),
    (
        "score train",
        "Make a card from outcomes of your own, tested on companies not used; nothing is put in force",
        "用本行样本训练评分卡，并用未参与训练的企业检验；不会自动启用",
    ),
    (
        "score train --files",
        "Files of ratios with a column bad (1 or 0), one file a market; rows of one company share what stands before the colon of their id",
        "带 bad 列（1 或 0）的指标文件，每个文件为一类样本；同一企业各期的编号在冒号前相同",
    ),
    (
        "backtest",
        "What signals and scores foretold: raised, confirmed, came true, days ahead; only with outcomes enough",
        "回测：信号与评分的提出、确认、应验与提前天数；样本不足时不给结论",
    ),
    (
        "scan",
        "Notes scan: proposes signals, tags and attitude of texts or transcripts, with the words that caused them",
        "笔记扫描：对文本或谈话记录提示风险信号、标签和态度，并标出依据的原文",
    ),
    (
        "scan --files",
        "Texts, or transcripts as .srt or .vtt; without one standard input is read",
        "文本或 .srt、.vtt 谈话记录；不填则读标准输入",
    ),
    ("score train --out", "Write the card to this file", "把评分卡写入此文件"),
    ("score train --id", "Name of the card", "评分卡名称"),
];
