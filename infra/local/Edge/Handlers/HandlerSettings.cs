using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Handlers;

/// <summary>What a handler's processes are started with.</summary>
/// <param name="Interpreter">The executable of Node.js or Python, absolute.</param>
/// <param name="Runner">The script of that language that runs the handler, absolute.</param>
/// <param name="Code">The folder of the function's code, absolute; it does not change.</param>
/// <param name="Sockets">A folder of this host alone, for the sockets.</param>
internal sealed record HandlerSettings(
    EdgeFunction Function, string Interpreter, string Runner, string Code, string Sockets)
{
    /// <summary>The whole environment block: Lambda@Edge functions have no variables but the reserved ones.</summary>
    /// <remarks>Source: Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge".</remarks>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LANG"] = "en_US.UTF-8",
        ["TZ"] = ":UTC",
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["_HANDLER"] = Function.Handler,
        ["LAMBDA_TASK_ROOT"] = Code,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{Function.Runtime}",
        // The name of a Lambda@Edge replica begins with the Region of the function it copies.
        ["AWS_LAMBDA_FUNCTION_NAME"] = $"us-east-1.{Function.Name}",
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "1",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = $"{Function.MemorySizeMb}",
    };

    public IReadOnlyList<string> Arguments(string socket) => Function.IsPython
        // Without bytecode beside the code, which a version must not change, and without buffering of what it prints.
        ? ["-B", "-u", Runner, socket, Code, Function.Handler]
        : [$"--max-old-space-size={Function.MemorySizeMb}", Runner, socket, Code, Function.Handler];
}
