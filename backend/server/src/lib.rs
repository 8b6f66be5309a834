//! backend-server
