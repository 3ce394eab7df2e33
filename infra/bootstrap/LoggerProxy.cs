using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Isobar.Bootstrap;

/// <summary>Stands for the function's own <c>ILambdaLogger</c>: writes to standard output, as text or JSON.</summary>
/// <remarks>Not sealed: .NET derives the proxy from it.</remarks>
internal partial class LoggerProxy : DispatchProxy
{
    private static readonly bool IsJson = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT") == "JSON";

    private string requestId = "";

    public static object Create(Type logger, string requestId)
    {
        var proxy = Create(logger, typeof(LoggerProxy));
        ((LoggerProxy)proxy).requestId = requestId;
        return proxy;
    }

    /// <remarks>
    /// <c>Log(message)</c>, <c>LogLine(message)</c>, <c>Log(level, [exception,] message, arguments)</c>, and
    /// <c>LogInformation([exception,] message, arguments)</c> and its like.
    /// </remarks>
    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        var name = method!.Name;
        var given = arguments ?? [];
        if (name == "Log" && given.Length == 1)
        {
            Console.Write(given[0]);
            return null;
        }

        var (level, rest) = name switch
        {
            "LogLine" => ("Information", given),
            "Log" => ($"{given[0]}", given[1..]),
            _ => (name["Log".Length..], given),
        };
        var error = rest.OfType<Exception>().FirstOrDefault();
        var message = Filled(
            rest.OfType<string>().FirstOrDefault() ?? "", rest.OfType<object[]>().FirstOrDefault() ?? []);
        Console.WriteLine(IsJson ? Json(level, message, error) : Text(level, message, error));
        return null;
    }

    private string Text(string level, string message, Exception? error) =>
        $"{Now()}\t{requestId}\t{Short(level)}\t{message}{(error is null ? "" : $"\n{error}")}";

    private string Json(string level, string message, Exception? error)
    {
        var fields = new Dictionary<string, string>
        {
            ["timestamp"] = Now(), ["level"] = level, ["requestId"] = requestId, ["message"] = message,
        };
        if (error is not null)
        {
            fields["errorType"] = error.GetType().FullName!;
            fields["errorMessage"] = error.Message;
        }

        return JsonSerializer.Serialize(fields);
    }

    private static string Now() =>
        DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Short(string level) => level switch
    {
        "Trace" => "trce", "Debug" => "dbug", "Information" => "info", "Warning" => "warn", "Error" => "fail",
        "Critical" => "crit", _ => level,
    };

    // The names in a message's braces are filled in order.
    private static string Filled(string message, object?[] values)
    {
        var next = 0;
        return values.Length == 0
            ? message
            : Place().Replace(message, place => next < values.Length ? $"{values[next++]}" : place.Value);
    }

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex Place();
}
