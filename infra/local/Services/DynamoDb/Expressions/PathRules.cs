namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Checks that paths in one update or projection expression do not overlap or conflict.</summary>
internal static class PathRules
{
    public static void CheckAgainst(ref ExpressionReader reader, IEnumerable<DocumentPath> earlier, DocumentPath path)
    {
        foreach (var other in earlier)
        {
            if (other.Overlaps(path)) reader.Note(Problem.PathsOverlap, Message("overlap", other, path));
            else if (other.Conflicts(path)) reader.Note(Problem.PathsConflict, Message("conflict", other, path));
        }
    }

    private static string Message(string how, DocumentPath one, DocumentPath two) =>
        $"Two document paths {how} with each other; must remove or rewrite one of these paths; "
        + $"path one: {one}, path two: {two}";
}
