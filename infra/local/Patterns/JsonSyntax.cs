namespace Isobar.Local.Patterns;

/// <summary>Checks that a text is JSON; throws AWS's error text when it is not.</summary>
internal static class JsonSyntax
{
    /// <exception cref="PatternException">It is not JSON; <see cref="PatternException.IsSyntax"/>.</exception>
    public static void Check(string source)
    {
        var tokens = new PatternTokens(source);
        var depth = 0;
        do
        {
            depth += tokens.Next() switch
            {
                System.Text.Json.JsonTokenType.StartObject or System.Text.Json.JsonTokenType.StartArray => 1,
                System.Text.Json.JsonTokenType.EndObject or System.Text.Json.JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0);
        tokens.End();
    }
}
