namespace Isobar.Stations;

/// <summary>The version of a source that readers see.</summary>
/// <param name="Shards">The shards that hold its months; empty if it has none.</param>
/// <param name="Replaced">The version that it replaced, or null if there was none before it.</param>
public sealed record CurrentVersion(SourceVersion Version, IReadOnlyList<int> Shards, ReplacedVersion? Replaced);

/// <summary>The version that was current before, whose items expire.</summary>
public sealed record ReplacedVersion(SourceVersion Version, IReadOnlyList<int> Shards);
