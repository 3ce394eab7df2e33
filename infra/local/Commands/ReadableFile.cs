using System.CommandLine;
using System.CommandLine.Parsing;

namespace Isobar.Local.Commands;

/// <summary>An option that takes the path of a readable file; any other path is an error at once.</summary>
internal static class ReadableFile
{
    public static Option<FileInfo?> Option(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = Parse,
    };

    private static FileInfo? Parse(ArgumentResult result)
    {
        var path = result.Tokens[0].Value;
        if (ProblemOf(path) is not { } problem) return new FileInfo(path);
        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: {problem}");
        return null;
    }

    private static string? ProblemOf(string path)
    {
        if (path.Length == 0) return "the name of the file is empty.";
        if (Directory.Exists(path)) return $"{path} is a folder, not a file.";
        if (!File.Exists(path)) return $"there is no file {path}.";
        try
        {
            using var file = File.OpenRead(path);
            return file.CanSeek ? null : $"{path} is a pipe or a device. Save its content to a file first.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} can't be read: {e.Message}";
        }
    }
}
