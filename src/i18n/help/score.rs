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
    ("score --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("score train --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("score --explain", "Add one up by hand, line by line", "逐项列出某一户的加分过程"),
    (
        "score --card",
        "Use this card file instead: the book is scored by the card in force, files by the one built in",
        "改用此评分卡文件；不填时客户按现行评分卡，文件按内置评分卡",
    ),
    (
        "score --growth",
        "How the file tells growth: change (a tenth more is 0.1), quotient (1.1), or auto, as the column says",
        "指标文件中增长率的写法：change 为增减幅度（增一成写 0.1），quotient 为本期÷上期（写 1.1），auto 按该列数值判断",
    ),
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
    (
        "score train --growth",
        "How the files tell growth, as for scoring",
        "样本文件中增长率的写法，同评分时",
    ),
    ("score train --out", "Write the card to this file", "把评分卡写入此文件"),
    ("score train --id", "Name of the card", "评分卡名称"),
    ("score cards", "All cards that were put forward", "列出提出过的各版评分卡"),
    ("score show", "A card, or the one in force", "显示现行评分卡或某一版本"),
    ("score show --card", "The card, such as score-own@1", "评分卡，如 score-own@1"),
    (
        "score compare",
        "Rehearse a card: whose grade would change if it came into force today",
        "演练评分卡：今日启用将改变哪些客户的等级",
    ),
    (
        "score compare --card",
        "A card that was put forward, or a file",
        "已提出的评分卡，或评分卡文件",
    ),
    (
        "score propose",
        "Put a card forward; somebody else has to activate it",
        "提出评分卡，须由他人启用",
    ),
    (
        "score propose --file",
        "The card, as `score train --out` writes it",
        "评分卡文件，由 score train --out 生成",
    ),
    ("score propose --reason", "Why", "理由"),
    ("score activate", "Bring a proposed card into force", "启用他人提出的评分卡"),
    ("score activate --card", "The card, such as score-own@1", "评分卡，如 score-own@1"),
    ("score activate --reason", "Opinion; may be left out", "意见，可不填"),
    ("score refuse", "Refuse a proposed card, or take back one's own", "不同意或撤回所提评分卡"),
    ("score refuse --card", "The card, such as score-own@1", "评分卡，如 score-own@1"),
    ("score refuse --reason", "Why", "理由"),
    ("score retire", "Go back to the card that is built in", "停用自有评分卡，恢复内置评分卡"),
    ("score retire --reason", "Why", "理由"),
];
