// The camera's part in the page: it opens cameras, shows one, and hands its pictures over to the program.
//
// `shell/camera` calls `tanbaCamera`. Pictures go over a connection of this machine (a WebSocket of the program's), as bytes:
// each time the program sends the id of the place to hold a code in, it gets the newest picture that it has not had yet.

globalThis.tanbaCamera ??= (() => {
  /** Formats of a VideoFrame whose first plane is the levels, one byte a pixel. */
  const LUMA_FIRST = new Set(['I420', 'I420A', 'I422', 'I422A', 'I444', 'I444A', 'NV12', 'NV12A']);
  /** A camera that gives nothing for so long while it is looked at has stopped. */
  const PATIENCE_MS = 3000;
  /** Between two looks at whether it has stopped. */
  const ROUND_MS = 500;
  /** A camera that nobody shows by then was opened for somebody who has left. */
  const UNSHOWN_MS = 10000;

  let stream;
  let isShown = false;
  let canvas;

  const track = () => stream?.getVideoTracks()[0];

  function stop() {
    stream?.getTracks().forEach((one) => one.stop());
    stream = undefined;
  }

  /** Opens the camera with this id, or the one behind the phone. */
  async function open(id) {
    stop();
    // Only a camera that was asked for its zoom offers it.
    const video = { width: { ideal: 1920 }, height: { ideal: 1080 }, zoom: true };
    Object.assign(video, id === null ? { facingMode: 'environment' } : { deviceId: { exact: id } });
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video });
    } catch (error) {
      return { failed: error.name };
    }
    const opened = stream;
    isShown = false;
    setTimeout(() => opened === stream && !isShown && stop(), UNSHOWN_MS);
    const told = track().getCapabilities?.() ?? {};
    const once = Math.max(told.zoom?.min ?? 1, 1);
    const points = navigator.mediaDevices.getSupportedConstraints().pointsOfInterest === true;
    return { opened: {
      id: track().getSettings().deviceId ?? null,
      label: track().label,
      torch: told.torch === true,
      // Some count in hundredths, and those that can show more than once begin below 1.
      zoom: told.zoom?.max > told.zoom?.min ? { least: told.zoom.min, most: told.zoom.max, once } : null,
      follows: told.focusMode?.includes('continuous') ?? null,
      points: points && told.focusMode?.includes('single-shot') === true,
    } };
  }

  async function lenses() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
  }

  /** Sets what the camera has beyond pictures; what it lacks is left out. */
  async function set(wished) {
    await track().applyConstraints({ advanced: [wished] });
    return true;
  }

  /** Shows the camera that is open, and gives its pictures to the program at this address until either ends. */
  async function show({ id, address }) {
    const [video, shown] = [document.getElementById(id), stream];
    video.srcObject = shown;
    video.muted = true;
    try {
      // What has ended before it plays never says so.
      const late = new Promise((_, failed) => setTimeout(failed, PATIENCE_MS, new Error('it does not play')));
      await Promise.race([video.play(), late]);
    } catch (error) {
      stop();
      throw error;
    }
    isShown = true;
    const socket = new WebSocket(address);
    let [wanted, isFresh, at, quiet] = [undefined, false, -1, 0];
    const serve = async () => {
      if (wanted === undefined || !isFresh) return;
      const finder = wanted;
      [wanted, isFresh, quiet] = [undefined, false, 0];
      const { head, bytes } = await picture(video);
      socket.send(JSON.stringify({ ...head, stand: stand(video, finder) }));
      socket.send(bytes);
    };
    const end = () => socket.close();
    const drawn = () => {
      if (socket.readyState > WebSocket.OPEN) return;
      if (video.requestVideoFrameCallback || video.currentTime !== at) isFresh = true;
      at = video.currentTime;
      serve().catch(end);
      next();
    };
    const next = () => (video.requestVideoFrameCallback ? video.requestVideoFrameCallback(drawn) : requestAnimationFrame(drawn));
    const round = setInterval(() => {
      quiet = wanted !== undefined && !document.hidden ? quiet + ROUND_MS : 0;
      if (quiet >= PATIENCE_MS || shown.getVideoTracks()[0].readyState === 'ended') end();
    }, ROUND_MS);
    socket.onmessage = ({ data }) => {
      wanted = data;
      serve().catch(end);
    };
    socket.onclose = () => {
      clearInterval(round);
      shown.getTracks().forEach((one) => one.stop());
      if (video.srcObject === shown) video.srcObject = null;
    };
    shown.getVideoTracks()[0].onended = end;
    next();
    return true;
  }

  /** The picture: its levels as the camera gave them where that can be had, or else its pixels. */
  async function picture(video) {
    const frame = levels(video);
    try {
      if (frame !== undefined) {
        const bytes = new Uint8Array(frame.allocationSize());
        const [{ offset, stride }] = await frame.copyTo(bytes);
        const { width, height } = frame.visibleRect;
        return { head: { width, height, depth: 1, stride }, bytes: bytes.subarray(offset, offset + stride * height) };
      }
    } finally {
      frame?.close();
    }
    const [width, height] = [video.videoWidth, video.videoHeight];
    canvas ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas.canvas.width !== width || canvas.canvas.height !== height) Object.assign(canvas.canvas, { width, height });
    canvas.drawImage(video, 0, 0);
    return { head: { width, height, depth: 4, stride: 4 * width }, bytes: canvas.getImageData(0, 0, width, height).data };
  }

  /** A frame whose first plane is the levels; nothing where the web view gives none. */
  function levels(video) {
    let frame;
    try {
      frame = new VideoFrame(video);
    } catch {
      return undefined;
    }
    if (LUMA_FIRST.has(frame.format)) return frame;
    frame.close();
    return undefined;
  }

  /** Where the picture lies on the screen, with the place to hold a code in. */
  function stand(video, finder) {
    const [box, place] = [video.getBoundingClientRect(), document.getElementById(finder)?.getBoundingClientRect()];
    if (!place || !video.videoWidth || !video.videoHeight) return null;
    return {
      picture: [video.videoWidth, video.videoHeight],
      shown: [box.width, box.height],
      aim: [place.x + place.width / 2 - box.x, place.y + place.height / 2 - box.y],
      reach: place.width / 2,
    };
  }

  return { open, lenses, set, show };
})();
