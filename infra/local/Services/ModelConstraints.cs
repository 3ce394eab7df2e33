using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>
/// Collects what a request breaks of the constraints that a service's model states. AWS tells all of them at once.
/// </summary>
/// <remarks>The texts are AWS's, as its JSON services answer.</remarks>
internal sealed class ModelConstraints
{
    private readonly List<string> broken = [];

    public ModelConstraints Required(string member, object? value)
    {
        if (value is null) Add("null", member, "Member must not be null");
        return this;
    }

    /// <summary>The length of a text, where there is one.</summary>
    public ModelConstraints Length(string member, string? value, int minimum, int maximum)
    {
        if (value is not null) Length($"'{value}'", member, value.Length, minimum, maximum);
        return this;
    }

    /// <summary>The length of bytes, which AWS does not show, as they may be secret.</summary>
    public ModelConstraints Length(string member, byte[]? value, int minimum, int maximum)
    {
        if (value is not null) Length(null, member, value.Length, minimum, maximum);
        return this;
    }

    /// <summary>The length of a list; AWS shows its items.</summary>
    public ModelConstraints Length(string member, IReadOnlyCollection<string>? value, int minimum, int maximum)
    {
        if (value is not null) Length($"'[{string.Join(", ", value)}]'", member, value.Count, minimum, maximum);
        return this;
    }

    public ModelConstraints Range(string member, long? value, long minimum, long maximum)
    {
        if (value < minimum) Add($"'{value}'", member, $"Member must have value greater than or equal to {minimum}");
        if (value > maximum) Add($"'{value}'", member, $"Member must have value less than or equal to {maximum}");
        return this;
    }

    public ModelConstraints OneOf(string member, string? value, params IReadOnlyList<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            Add($"'{value}'", member, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
        return this;
    }

    /// <param name="pattern">As in the model: it must match the whole value.</param>
    public ModelConstraints Matches(string member, string? value, Regex pattern)
    {
        if (value is not null && !pattern.IsMatch(value))
            Add($"'{value}'", member, $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    /// <exception cref="AwsException">ValidationException: what is broken, each as a sentence of its own.</exception>
    public void ThrowIfAny()
    {
        if (broken.Count == 0) return;
        throw new AwsException("ValidationException",
            $"{broken.Count} validation error{(broken.Count == 1 ? "" : "s")} detected: {string.Join("; ", broken)}");
    }

    private void Length(string? value, string member, int length, int minimum, int maximum)
    {
        if (length < minimum) Add(value, member, $"Member must have length greater than or equal to {minimum}");
        if (length > maximum) Add(value, member, $"Member must have length less than or equal to {maximum}");
    }

    private void Add(string? value, string member, string rule) =>
        broken.Add($"Value {(value is null ? "" : $"{value} ")}at '{member}' failed to satisfy constraint: {rule}");
}
