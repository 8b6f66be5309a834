//! What WebKitGTK wants to be told, where phones ask the person by themselves.

use webkit2gtk::glib::prelude::{Cast, ObjectExt};
use webkit2gtk::{
    GeolocationPermissionRequest, PermissionRequestExt, SettingsExt, UserMediaPermissionRequest,
    UserMediaPermissionRequestExt, WebViewExt,
};
use wry::WebViewExtUnix;

/// Lets the page have the camera, and the place when the person has agreed in the form; nothing else.
pub(super) fn prepare() {
    let view = dioxus::desktop::window().webview.webview();
    if let Some(settings) = WebViewExt::settings(&view) {
        settings.set_enable_media_stream(true);
    }
    view.connect_permission_request(|_, request| {
        let camera = request.downcast_ref::<UserMediaPermissionRequest>();
        let is_camera = camera.is_some_and(|request| request.is_for_video_device() && !request.is_for_audio_device());
        if is_camera || request.is::<GeolocationPermissionRequest>() {
            request.allow();
        } else {
            request.deny();
        }
        true
    });
}
