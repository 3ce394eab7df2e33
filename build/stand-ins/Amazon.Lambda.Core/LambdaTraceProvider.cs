using System.Threading;

namespace Amazon.Lambda.Core;

/// <summary>The X-Ray trace header of the invocation that the current flow of control serves.</summary>
public class LambdaTraceProvider
{
    private static readonly AsyncLocal<string> Current = new();

    private LambdaTraceProvider()
    {
    }

    public static string CurrentTraceId => Current.Value;

    internal static void SetCurrentTraceId(string traceId) => Current.Value = traceId;
}
