"""scikit-learn's MLPClassifier: partial_fit is one epoch, and keeps the optimizer's state."""

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier


def versions():
    return {"sklearn": sklearn.__version__, "numpy": np.__version__}


class Model:
    def __init__(self, network, weights=None):
        self.inputs, *hidden, self.classes = network["widths"]
        self.net = MLPClassifier(
            hidden,
            activation=network["activation"],
            solver=network["optimizer"],
            learning_rate_init=network["learningRate"],
            batch_size=network["batchSize"],
            alpha=0,
            momentum=0,
            nesterovs_momentum=False,
        )
        if weights:
            self.initialize()
            self.net.coefs_, self.net.intercepts_ = weights[::2], weights[1::2]

    def initialize(self):
        """It makes its weights when it first sees data."""
        size = self.net.batch_size
        self.net.partial_fit(np.zeros((size, self.inputs), np.float32), np.zeros(size, int), range(self.classes))

    def load(self, x, labels):
        self.x, self.y = x, labels

    def fit(self, epochs):
        for _ in range(epochs):
            self.net.partial_fit(self.x, self.y, range(self.classes))

    def predict(self, x):
        if not hasattr(self.net, "coefs_"):
            self.initialize()
        return self.net.predict_proba(x)
