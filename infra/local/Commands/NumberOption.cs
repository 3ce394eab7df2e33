using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Isobar.Local.Commands;

/// <summary>An option that takes a whole number within bounds, both of them included.</summary>
internal static class NumberOption
{
    /// <param name="standard">The value if the option is not given.</param>
    public static Option<int> Create(string name, string description, int least, int most, int standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result => Parse(result, least, most) ?? standard,
    };

    /// <summary>The same, with the value null if the option is not given.</summary>
    public static Option<int?> CreateOptional(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, least, most),
    };

    private static int? Parse(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes {least} to {most}, not '{text}'.");
        return null;
    }
}
