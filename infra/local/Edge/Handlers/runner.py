"""Runs one edge function for the local distribution: python3 runner.py <socket> <folder> <handler>.

One line of JSON comes in an event, one goes out an answer; the console stays the function's own.
"""
import importlib
import json
import os
import platform
import resource
import socket
import sys
import time
import traceback


def describe(error):
    return {"type": type(error).__name__, "message": str(error)}


def text(message):
    """One line; ASCII, because a header's byte from 0x80 on is one character, which JSON can escape."""
    return json.dumps(message).encode("ascii") + b"\n"


def load(folder, name):
    """Imports as the managed runtime does: the module's path with slashes or dots, then the function's name."""
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise ImportError(f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    sys.path.insert(0, folder)
    module = importlib.import_module(module_name.replace("/", "."))
    handler = getattr(module, function, None)
    if not callable(handler):
        raise AttributeError(f"Handler '{function}' missing on module '{module_name}'")
    return handler


class LambdaContext:
    """What a function in Python is given besides its event."""

    def __init__(self, facts):
        self.function_name = facts["functionName"]
        self.function_version = facts["functionVersion"]
        self.invoked_function_arn = facts["invokedFunctionArn"]
        self.memory_limit_in_mb = facts["memoryLimitInMB"]
        self.aws_request_id = facts["awsRequestId"]
        self.client_context = None
        self.identity = None
        self._deadline = time.monotonic() + facts["timeoutMs"] / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def main(path, folder, name):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    lines = connection.makefile("rb")

    # Python has no bound of its own: past this one an allocation is a MemoryError.
    memory = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    try:
        handler = load(folder, name)
    except BaseException as error:
        traceback.print_exc()
        connection.sendall(text({"failed": describe(error)}))
        return
    connection.sendall(text({"ready": platform.python_version()}))
    for line in lines:
        call = json.loads(line)
        try:
            # What is not JSON fails here too, as an error of the function.
            answer = text({"result": handler(call["event"], LambdaContext(call["context"]))})
        except Exception as error:
            traceback.print_exc()
            answer = text({"error": describe(error)})
        connection.sendall(answer)


main(*sys.argv[1:])
