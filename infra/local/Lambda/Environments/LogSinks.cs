using System.Collections.Immutable;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>Hands each line to all sinks in turn; sinks may be added while functions run.</summary>
internal sealed class LogSinks(params ImmutableArray<ILogSink> first) : ILogSink
{
    private ImmutableArray<ILogSink> sinks = first;

    public void Add(ILogSink sink) => ImmutableInterlocked.Update(ref sinks, static (all, one) => all.Add(one), sink);

    public void Write(LogLine line)
    {
        foreach (var sink in sinks) sink.Write(line);
    }
}
