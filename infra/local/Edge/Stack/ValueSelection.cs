using System.Collections.Frozen;

namespace Isobar.Local.Edge.Stack;

/// <summary>Which of a request's headers, cookies or query parameters a policy takes.</summary>
/// <param name="IsInverted">Then all but the names are taken.</param>
/// <param name="Names">Header names in lower case; names of cookies and parameters as they are.</param>
internal sealed record ValueSelection(bool IsInverted, FrozenSet<string> Names)
{
    public static readonly ValueSelection None = Listed([]);

    public static readonly ValueSelection All = AllExcept([]);

    public bool IsNone => !IsInverted && Names.Count == 0;

    public static ValueSelection Listed(IEnumerable<string> names) =>
        new(false, names.ToFrozenSet(StringComparer.Ordinal));

    public static ValueSelection AllExcept(IEnumerable<string> names) =>
        new(true, names.ToFrozenSet(StringComparer.Ordinal));

    public bool Includes(string name) => Names.Contains(name) != IsInverted;
}
