using System;
using System.Collections.Generic;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>
/// Structured JSON lines on standard output. A message is a template: each {name} takes the next argument, in the
/// text and as a key of its own.
/// </summary>
public static class Logger
{
    /// <summary>Adds a key to every line from now on; an equal key is replaced.</summary>
    public static void AppendKey(string key, object value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(value);
        LogOutput.Append(key, value);
    }

    public static void AppendKeys(IEnumerable<KeyValuePair<string, object>> keys)
    {
        foreach (var (key, value) in keys)
        {
            AppendKey(key, value);
        }
    }

    public static void RemoveKeys(params string[] keys)
    {
        foreach (var key in keys ?? [])
        {
            LogOutput.Remove(key);
        }
    }

    public static void LogTrace(string message, params object[] args) =>
        LogOutput.Write(Severity.Trace, null, message, args);

    public static void LogTrace(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Trace, exception, message, args);

    public static void LogDebug(string message, params object[] args) =>
        LogOutput.Write(Severity.Debug, null, message, args);

    public static void LogDebug(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Debug, exception, message, args);

    public static void LogInformation(string message, params object[] args) =>
        LogOutput.Write(Severity.Information, null, message, args);

    public static void LogInformation(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Information, exception, message, args);

    public static void LogWarning(string message, params object[] args) =>
        LogOutput.Write(Severity.Warning, null, message, args);

    public static void LogWarning(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Warning, exception, message, args);

    public static void LogError(string message, params object[] args) =>
        LogOutput.Write(Severity.Error, null, message, args);

    public static void LogError(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Error, exception, message, args);

    public static void LogCritical(string message, params object[] args) =>
        LogOutput.Write(Severity.Critical, null, message, args);

    public static void LogCritical(Exception exception, string message, params object[] args) =>
        LogOutput.Write(Severity.Critical, exception, message, args);
}
