namespace Isobar.Local.Edge.Requests;

/// <summary>What the cache says of a key.</summary>
/// <param name="Kept">Fresh where <paramref name="Age"/> is there; else grown old, or null.</param>
/// <param name="Age">How long a fresh object has been here.</param>
/// <param name="Other">Another request asks the origin already: its result, or null where it can't be shared.</param>
/// <param name="Mine">This request is to ask the origin, and to say here what it found.</param>
internal readonly record struct CacheLookup(
    CachedObject? Kept, TimeSpan? Age, Task<FoundObject?>? Other, TaskCompletionSource<FoundObject?>? Mine);
