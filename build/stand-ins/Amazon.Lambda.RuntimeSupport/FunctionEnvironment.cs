using System;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The variables that Lambda sets once for the life of an execution environment.</summary>
internal sealed record FunctionEnvironment(
    string RuntimeApi,
    string FunctionName,
    string FunctionVersion,
    string LogGroupName,
    string LogStreamName,
    int MemoryMegabytes,
    bool LimitsHeap,
    bool RunOnce)
{
    public static FunctionEnvironment Read()
    {
        MarkCustomRuntime();
        return new(
            Variable("AWS_LAMBDA_RUNTIME_API"),
            Variable("AWS_LAMBDA_FUNCTION_NAME"),
            Variable("AWS_LAMBDA_FUNCTION_VERSION"),
            Variable("AWS_LAMBDA_LOG_GROUP_NAME"),
            Variable("AWS_LAMBDA_LOG_STREAM_NAME"),
            int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), out var megabytes) ? megabytes : 0,
            !IsTrue("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"),
            IsTrue("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"));
    }

    /// <summary>
    /// Caps the heap at the function's memory, unless a lower cap is in force or the check is disabled.
    /// </summary>
    public void LimitHeap()
    {
        var bytes = (ulong)MemoryMegabytes * 1024 * 1024;
        if (bytes == 0 || !LimitsHeap || (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < bytes)
        {
            return;
        }

        AppContext.SetData("GCHeapHardLimit", bytes);
        GC.RefreshMemoryLimit();
    }

    /// <summary>Outside the managed runtime, AWS_EXECUTION_ENV names the client and its version as well.</summary>
    private static void MarkCustomRuntime()
    {
        const string custom = "AWS_Lambda_dotnet_custom";
        if (Variable("AWS_EXECUTION_ENV") == custom)
        {
            var version = typeof(FunctionEnvironment).Assembly.GetName().Version.ToString(3);
            Environment.SetEnvironmentVariable("AWS_EXECUTION_ENV", $"{custom}_amazonlambdaruntimesupport_{version}");
        }
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name);

    private static bool IsTrue(string name) =>
        string.Equals(Variable(name), "true", StringComparison.OrdinalIgnoreCase);
}
