"""PyTorch, one thread, denormal numbers flushed."""

import torch

torch.set_num_threads(1)
torch.set_flush_denormal(True)


def versions():
    return {"torch": torch.__version__}


class Model:
    def __init__(self, network, weights=None):
        self.batch_size = network["batchSize"]
        activation = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[network["activation"]]
        widths = network["widths"]
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(inputs, outputs), activation()]
        self.net = torch.nn.Sequential(*layers[:-1])
        if weights:
            with torch.no_grad():
                for i, parameter in enumerate(self.net.parameters()):
                    parameter.copy_(torch.from_numpy(weights[i]).t())
        optimizer = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[network["optimizer"]]
        self.optimizer = optimizer(self.net.parameters(), lr=network["learningRate"], foreach=True)
        self.loss = torch.nn.CrossEntropyLoss()

    def load(self, x, labels):
        self.x = torch.from_numpy(x)
        self.y = torch.from_numpy(labels)

    def fit(self, epochs):
        for _ in range(epochs):
            for rows in torch.randperm(len(self.x)).split(self.batch_size):
                self.optimizer.zero_grad(set_to_none=True)
                self.loss(self.net(self.x[rows]), self.y[rows]).backward()
                self.optimizer.step()

    def predict(self, x):
        with torch.no_grad():
            return torch.softmax(self.net(torch.from_numpy(x)), dim=1).numpy()
