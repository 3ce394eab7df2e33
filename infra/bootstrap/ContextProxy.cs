using System.Globalization;
using System.Reflection;

namespace Isobar.Bootstrap;

/// <summary>
/// Stands for the function's own <c>ILambdaContext</c>, whatever the version of Amazon.Lambda.Core that declares it.
/// </summary>
/// <remarks>Not sealed: .NET derives the proxy from it.</remarks>
internal class ContextProxy : DispatchProxy
{
    private Invocation invocation = null!;

    public static object Create(Type context, Invocation invocation)
    {
        var proxy = Create(context, typeof(ContextProxy));
        ((ContextProxy)proxy).invocation = invocation;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
    {
        "get_AwsRequestId" => invocation.RequestId,
        "get_InvokedFunctionArn" => invocation.FunctionArn,
        "get_TraceId" => invocation.TraceId,
        "get_RemainingTime" => invocation.Deadline - DateTimeOffset.UtcNow,
        "get_FunctionName" => Variable("AWS_LAMBDA_FUNCTION_NAME"),
        "get_FunctionVersion" => Variable("AWS_LAMBDA_FUNCTION_VERSION"),
        "get_LogGroupName" => Variable("AWS_LAMBDA_LOG_GROUP_NAME"),
        "get_LogStreamName" => Variable("AWS_LAMBDA_LOG_STREAM_NAME"),
        "get_MemoryLimitInMB" => int.Parse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")!, CultureInfo.InvariantCulture),
        "get_Logger" => LoggerProxy.Create(method.ReturnType, invocation.RequestId),
        "get_ClientContext" or "get_Identity" or "get_TenantId" => null,
        var other => throw new NotSupportedException($"ILambdaContext.{other} is not supported on this host."),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
