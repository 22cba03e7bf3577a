"""serve.mjs for peers in Python: the same lines of JSON in and out. See README.md."""

import importlib.util
import json
import os
import sys
import time

import numpy as np

out = sys.stdout
sys.stdout = sys.stderr  # standard output belongs to the protocol


def main(name, cold_start=None):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", name + ".py")
    spec = importlib.util.spec_from_file_location("peer", path)
    peer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peer)
    if cold_start:
        session = Session(peer, json.loads(cold_start))
        session.run(1)
        sys.stderr.flush()
        os._exit(0)
    flush_denormals()
    session = None
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if message["command"] == "prepare":
                session = Session(peer, message)
                answer = {"versions": peer.versions()}
            else:
                answer = getattr(session, message["command"])(message)
        except Exception as error:  # the runner reports it and goes on with the other peers
            answer = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(answer) + "\n")
        out.flush()


def flush_denormals():
    """PyTorch can switch that for all libraries; not worth its import in a cold start."""
    try:
        import torch
    except ImportError:
        return
    torch.set_flush_denormal(True)


class Session:
    def __init__(self, peer, request):
        self.peer = peer
        self.request = request
        self.start()

    def start(self):
        """Makes the model, and brings it its training data."""
        request = self.request
        weights = request.get("weights")
        widths = request["network"]["widths"]
        self.model = self.peer.Model(request["network"], weights and cut(read(weights), widths))
        train = request.get("train")
        if train:
            self.model.load(self.inputs(train["x"]), read(train["labels"]).astype(np.int64))
        else:
            self.x = self.inputs(request["x"])

    def train(self, message):
        self.model.fit(message["epochs"])
        return {}

    def score(self, _message):
        test = self.request.get("test")
        return {
            "trainAccuracy": self.accuracy(self.request["train"]),
            "testAccuracy": self.accuracy(test) if test else None,
        }

    def probabilities(self, message):
        return {"probabilities": self.model.predict(self.x[: message["rows"]]).ravel().tolist()}

    def go(self, _message):
        request = self.request
        if request.get("fresh"):
            self.start()
            self.model.fit(1)
        count = request["epochs"] if "train" in request else request["calls"]
        cpu = time.process_time()
        begin = time.perf_counter()
        self.run(count)
        return {
            "seconds": (time.perf_counter() - begin) / count,
            "cpuSeconds": (time.process_time() - cpu) / count,
        }

    def run(self, count):
        """Some epochs, or some predictions: of other rows in every call."""
        if "train" in self.request:
            self.model.fit(count)
            return
        rows = self.request["rows"]
        places = len(self.x) // rows
        for call in range(count):
            at = call % places * rows
            if not self.model.predict(self.x[at : at + rows])[0, 0] >= 0:
                raise ValueError("no probabilities")

    def accuracy(self, data):
        return float(np.mean(self.model.predict(self.inputs(data["x"])).argmax(axis=1) == read(data["labels"])))

    def inputs(self, description):
        x = read(description).reshape(-1, self.request["network"]["widths"][0])
        return x.astype(np.float32) / np.float32(255) if x.dtype == np.uint8 else x


def cut(weights, widths):
    """Kernel [inputs, outputs] and bias of each layer in turn."""
    parts = []
    at = 0
    for inputs, outputs in zip(widths, widths[1:]):
        parts.append(weights[at : at + inputs * outputs].reshape(inputs, outputs))
        at += inputs * outputs
        parts.append(weights[at : at + outputs])
        at += outputs
    return parts


def read(description):
    return np.fromfile(
        description["path"], description["type"], description["length"], offset=description.get("offset", 0)
    )


main(*sys.argv[1:])
