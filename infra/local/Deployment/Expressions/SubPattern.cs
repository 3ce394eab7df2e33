namespace Isobar.Local.Deployment.Expressions;

/// <summary>A piece of an <c>Fn::Sub</c> string: literal text, or the name between <c>${</c> and <c>}</c>.</summary>
internal readonly record struct SubPart(string Text, bool IsVariable);

/// <summary>Cuts the string of <c>Fn::Sub</c>. <c>${!Name}</c> is the literal text <c>${Name}</c>.</summary>
/// <remarks>Source: AWS CloudFormation User Guide, Fn::Sub.</remarks>
internal static class SubPattern
{
    /// <param name="problem">Why the string is malformed; null when it is not.</param>
    public static IReadOnlyList<SubPart> Split(string pattern, out string? problem)
    {
        problem = null;
        var parts = new List<SubPart>();
        var position = 0;
        while (pattern.IndexOf("${", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = pattern.IndexOf('}', start);
            if (end < 0)
            {
                problem = "Fn::Sub has a ${ without a }";
                return parts;
            }

            if (start > position) parts.Add(new SubPart(pattern[position..start], IsVariable: false));
            var name = pattern[(start + 2)..end].Trim();
            if (name.StartsWith('!')) parts.Add(new SubPart($"${{{name[1..]}}}", IsVariable: false));
            else if (name.Length > 0) parts.Add(new SubPart(name, IsVariable: true));
            else problem = "Fn::Sub has an empty ${}";
            position = end + 1;
        }

        if (position < pattern.Length) parts.Add(new SubPart(pattern[position..], IsVariable: false));
        return parts;
    }
}
