using System;
using System.Threading;

namespace AWS.Lambda.Powertools.Common;

/// <summary>What all Powertools packages read from the environment, and the mark that each leaves there.</summary>
internal static class PowertoolsEnvironment
{
    private static readonly AsyncLocal<bool?> ColdStart = new();
    private static int served;

    public static string Service => Value("POWERTOOLS_SERVICE_NAME") ?? "service_undefined";

    /// <summary>
    /// True for all of the flow of control that first asks in this process, and so for the first invocation; false
    /// where Lambda started the environment before there was a request.
    /// </summary>
    public static bool IsColdStart
    {
        get
        {
            if (Value("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency")
            {
                return false;
            }

            ColdStart.Value ??= Interlocked.Exchange(ref served, 1) == 0;
            return ColdStart.Value.Value;
        }
    }

    /// <returns>Null when the variable is unset or blank.</returns>
    public static string Value(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Adds PT/feature/version to AWS_EXECUTION_ENV, which the SDK sends as part of its user agent.</summary>
    public static void Mark(string feature)
    {
        const string name = "AWS_EXECUTION_ENV";
        var mark = $"PT/{feature}/{typeof(PowertoolsEnvironment).Assembly.GetName().Version.ToString(3)}";
        var before = Environment.GetEnvironmentVariable(name);
        if (before?.Contains(mark, StringComparison.Ordinal) != true)
        {
            Environment.SetEnvironmentVariable(name, string.IsNullOrEmpty(before) ? mark : $"{before} {mark}");
        }
    }
}
