//! backend-store
