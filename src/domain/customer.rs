//! Borrowers.

use chrono::NaiveDate;

use super::code::codes;
use super::ids::{CustomerId, UserId};
use super::loan::Tier;

codes! {
    /// 业务条线: which kind of borrower; decides the cadence row and the form.
    pub enum Line {
        /// 法人
        Corporate = "corporate",
        /// 小微企业
        SmallBusiness = "small_business",
        /// 个人经营
        PersonalBusiness = "personal_business",
        /// 个人消费
        PersonalConsumption = "personal_consumption",
        /// 小商铺
        MicroShop = "micro_shop",
        /// 项目融资
        Project = "project",
    }
}

codes! {
    /// What a visit may find changed in a customer's dossier (R40).
    pub enum DossierField {
        /// 行业, the main business.
        Industry = "industry",
        /// 地址
        Address = "address",
        /// 联系电话
        Phone = "phone",
        /// 法定代表人
        LegalRep = "legal_rep",
        /// 实际控制人
        Controller = "controller",
    }
}

/// A borrower, as far as planning, forms and access need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// 客户号
    pub id: CustomerId,
    /// 客户名称
    pub name: String,
    /// Missing = gap of the plan, unless `low_risk`.
    pub line: Option<Line>,
    /// The bank's own rating; a policy row may match it.
    pub grade: Option<String>,
    /// 行业
    pub industry: Option<String>,
    /// 区域
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
    /// 管户经理
    pub officer: UserId,
    /// Confirmed tier of the customer; the worse of this and its active loans counts.
    pub tier: Option<Tier>,
    /// Fully cash-secured.
    pub low_risk: bool,
    /// First day under this system; obligations up to it are history, not arrears.
    pub onboarded_on: Option<NaiveDate>,
    /// Day on which the cadence cell last changed; `None` = `onboarded_on`.
    pub cadence_since: Option<NaiveDate>,
    /// Day of the last change for the worse, or of a change while a periodic duty was overdue.
    pub extra_visit_from: Option<NaiveDate>,
}
