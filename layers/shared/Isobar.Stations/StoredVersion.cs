namespace Isobar.Stations;

/// <summary>A version of a source that is in the table, or may be in part.</summary>
/// <param name="Shards">All shards that its months are in; empty if it has none.</param>
public sealed record StoredVersion(SourceVersion Version, IReadOnlyList<int> Shards);
