//! Closed sets of values with the code under which they are stored, imported and exported.

/// Declares an enumeration whose values have one fixed code each (`exchange.md` section 1.4).
///
/// The order of the values is the order of [`Ord`]: by convention from the mildest to the worst.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $value:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $value,)+ }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The fixed code of this value.
            pub const fn as_code(self) -> &'static str {
                match self { $(Self::$value => $code,)+ }
            }

            /// The value with this code, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$value),)+ _ => None }
            }
        }
    };
}
pub(crate) use codes;
