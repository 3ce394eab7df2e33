using System.Text;
using System.Text.Json;

namespace Isobar.Local.Lambda.Images;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Rest">What follows the name, in one line.</param>
internal sealed record Instruction(int Line, string Name, string Rest)
{
    /// <summary>
    /// The texts of a JSON list, which is the exec form of <c>ENTRYPOINT</c>, <c>CMD</c> and <c>COPY</c>.
    /// </summary>
    /// <returns>Null when it is no list of texts.</returns>
    public IReadOnlyList<string>? List()
    {
        if (!Rest.StartsWith('[')) return null;
        try
        {
            return JsonSerializer.Deserialize(Rest, ImageJson.Default.IReadOnlyListString);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the instructions of a file; comments and empty lines are none.</summary>
    /// <remarks>Source: Dockerfile reference, "Format": a backslash at a line's end continues it.</remarks>
    /// <exception cref="DockerfileException">The file ends within an instruction.</exception>
    public static IEnumerable<Instruction> ReadAll(string file, string text)
    {
        var whole = new StringBuilder();
        var (number, began) = (0, 0);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r').Trim()))
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#')) continue;
            if (whole.Length == 0) began = number;
            whole.Append(line.EndsWith('\\') ? line[..^1].TrimEnd() + ' ' : line);
            if (line.EndsWith('\\')) continue;
            yield return Of(began, whole.ToString());
            whole.Clear();
        }

        if (whole.Length > 0)
            throw new DockerfileException(file, began, "the last instruction continues on a line that is not there");
    }

    private static Instruction Of(int line, string text)
    {
        var space = text.IndexOfAny([' ', '\t']);
        return space < 0
            ? new Instruction(line, text.ToUpperInvariant(), "")
            : new Instruction(line, text[..space].ToUpperInvariant(), text[space..].Trim());
    }
}

/// <summary>A Dockerfile can't be built here; the message says where and why.</summary>
internal sealed class DockerfileException(string file, int line, string message)
    : Exception($"{file}:{line}: {message}");
