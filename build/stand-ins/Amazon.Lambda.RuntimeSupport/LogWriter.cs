using System;
using System.IO;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The function's log: one event a call, formatted by AWS_LAMBDA_LOG_FORMAT and filtered by AWS_LAMBDA_LOG_LEVEL
/// (AWS_LAMBDA_HANDLER_LOG_FORMAT and AWS_LAMBDA_HANDLER_LOG_LEVEL come before them).
/// </summary>
internal sealed class LogWriter
{
    private readonly object gate = new();
    private readonly TextWriter output;
    private readonly ILogFormat format;
    private readonly LogSeverity minimum;

    private LogWriter(TextWriter output)
    {
        this.output = output;
        minimum = Minimum(Variable("AWS_LAMBDA_HANDLER_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL"));
        format = Variable("AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_LOG_FORMAT")?.ToLowerInvariant() switch
        {
            "json" => new JsonLogFormat(),
            "unformatted" => new TextLogFormat(prefixed: false),
            _ => new TextLogFormat(prefixed: true),
        };
    }

    /// <summary>The invocation that lines belong to; null before the first one.</summary>
    public InvocationHeaders Invocation { get; set; }

    /// <summary>
    /// From now on what the process writes to the console are events of its log: errors on standard error.
    /// </summary>
    public static LogWriter TakeConsole()
    {
        var telemetry = Environment.GetEnvironmentVariable("_LAMBDA_TELEMETRY_LOG_FD");
        var frames = telemetry is null ? null : TelemetryLog.Open(telemetry);
        var log = new LogWriter(frames ?? Console.Out);
        var errors = new LogWriter(frames ?? Console.Error);
        Console.SetOut(new ConsoleLines(log, log.output, "Information"));
        Console.SetError(new ConsoleLines(log, errors.output, "Error", errors));
        return log;
    }

    /// <param name="level">A <see cref="LogSeverity"/> name; a line of any other level is always written.</param>
    /// <param name="exception">Null when there is none.</param>
    /// <param name="template">Text in which {name} and {0} stand for the arguments; null is empty.</param>
    /// <param name="args">None: the template is plain text.</param>
    public void Write(string level, Exception exception, string template, params object[] args)
    {
        if (Enum.TryParse<LogSeverity>(level, true, out var severity) && severity < minimum)
        {
            return;
        }

        var line = new LogLine(DateTime.UtcNow, severity, Invocation, new MessageTemplate(template, args), exception);
        var text = format.Format(line);
        lock (gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    private static LogSeverity Minimum(string level) => level?.ToLowerInvariant() switch
    {
        "fatal" => LogSeverity.Critical,
        "warn" => LogSeverity.Warning,
        { } name when Enum.TryParse<LogSeverity>(name, true, out var severity) => severity,
        _ => LogSeverity.Information,
    };

    private static string Variable(string name, string otherwise)
    {
        var value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? Environment.GetEnvironmentVariable(otherwise) : value;
    }

    /// <summary>Console.WriteLine becomes an event; Console.Write passes through as it is.</summary>
    private sealed class ConsoleLines(LogWriter invocation, TextWriter raw, string level, LogWriter own = null)
        : TextWriter
    {
        public override Encoding Encoding => raw.Encoding;

        public override void Write(char value) => raw.Write(value);

        public override void Write(string value) => raw.Write(value);

        public override void Write(char[] buffer, int index, int count) => raw.Write(buffer, index, count);

        public override void WriteLine() => WriteLine(string.Empty);

        public override void WriteLine(string value)
        {
            var log = own ?? invocation;
            log.Invocation = invocation.Invocation;
            log.Write(level, null, value);
        }

        public override void WriteLine(object value) => WriteLine(value?.ToString());

        public override void WriteLine(char value) => WriteLine(value.ToString());

        public override void WriteLine(char[] buffer) => WriteLine(buffer is null ? "" : new string(buffer));

        public override void WriteLine(char[] buffer, int index, int count) =>
            WriteLine(new string(buffer, index, count));

        public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());

        public override void WriteLine(StringBuilder value) => WriteLine(value?.ToString());

        public override void WriteLine(bool value) => WriteLine(value.ToString());

        public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(uint value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(ulong value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));

        public override void WriteLine(string format, object arg0) => WriteLine(string.Format(format, arg0));

        public override void WriteLine(string format, object arg0, object arg1) =>
            WriteLine(string.Format(format, arg0, arg1));

        public override void WriteLine(string format, object arg0, object arg1, object arg2) =>
            WriteLine(string.Format(format, arg0, arg1, arg2));

        public override void WriteLine(string format, params object[] arg) => WriteLine(string.Format(format, arg));

        public override void WriteLine(string format, params ReadOnlySpan<object> arg) =>
            WriteLine(string.Format(format, arg));

        public override void Flush() => raw.Flush();
    }
}
