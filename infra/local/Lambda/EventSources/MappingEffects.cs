using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>What the state of a mapping decides.</summary>
internal abstract record MappingEffect;

/// <summary>Wait for messages and tell the state of them. The wait is not work.</summary>
/// <param name="Maximum">1 to 10,000 messages.</param>
internal sealed record BeginReceive(int Maximum) : MappingEffect;

/// <summary>End the receive that waits; the state is told of what it has received after all, or of nothing.</summary>
internal sealed record EndReceive : MappingEffect;

/// <summary>Invoke the function with a batch, and tell the state how that ended.</summary>
internal sealed record RunBatch(Batch Batch) : MappingEffect;

/// <summary>Make messages visible at once that no invocation has seen.</summary>
internal sealed record HandBack(IReadOnlyList<SourceRecord> Messages) : MappingEffect;

/// <summary>Hide the messages of a batch for longer, because it still waits for this machine.</summary>
internal sealed record KeepHidden(Batch Batch, TimeSpan Time) : MappingEffect;

/// <summary>Tell whoever stopped the mapping that nothing of it is under way any more.</summary>
internal sealed record ReportStopped : MappingEffect;
