//! backend-ledger
