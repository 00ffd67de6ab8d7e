"""functions.*: an app says what came of a step of a workflow."""

from sandbox.api.call import Call, method
from sandbox.rows import Execution
from sandbox.wire import Json, SlackError, Violation


@method("functions.completeSuccess")
def complete_success(call: Call) -> Json:
    """The step is done; its outputs are those that the manifest promises."""
    execution, outputs = _running(call), call.object("outputs")
    if not isinstance(outputs, dict):
        raise Violation("invalid_arguments", ["must provide an object [json-pointer:/outputs]"])
    promised = call.app.manifest["functions"][execution.callback_id]["output_parameters"]
    if not set(promised.get("required", ())) <= outputs.keys() <= promised["properties"].keys():
        names = sorted(promised["properties"])
        raise Violation("parameter_validation_failed", [f"outputs: {sorted(outputs)} instead of {names}"])
    execution.state, execution.outputs = "completed", outputs
    return {}


@method("functions.completeError")
def complete_error(call: Call) -> Json:
    """The step cannot be done; the workflow ends with what is said."""
    execution = _running(call)
    execution.state, execution.error = "failed", call.text("error")
    return {}


def _running(call: Call) -> Execution:
    execution = call.ws.executions.get(call.text("function_execution_id"))
    if execution is None or execution.app_id != call.app.app_id:
        raise SlackError("function_execution_not_found")
    if execution.state != "running":
        raise SlackError("execution_not_in_running_state")
    return execution
