namespace Isobar.Parameters;

/// <summary>How much is told, from most to least.</summary>
internal enum LogLevel
{
    Debug,
    Info,
    Warn,
    Error,
    None,
}

/// <summary>Writes log lines of a level; they name parameters and secrets and never have a value.</summary>
internal sealed class Log(LogLevel least, Action<string> write)
{
    public void Debug(string message) => Write(LogLevel.Debug, message);

    public void Info(string message) => Write(LogLevel.Info, message);

    public void Warn(string message) => Write(LogLevel.Warn, message);

    public void Error(string message) => Write(LogLevel.Error, message);

    // One line each: a name with a line break in it must not look like two.
    private void Write(LogLevel level, string message)
    {
        if (level >= least) write($"parameters: {message.ReplaceLineEndings(" ")}");
    }
}
