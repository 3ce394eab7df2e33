using System.Text.RegularExpressions;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Images;

/// <summary>
/// Reads a Dockerfile of few instructions: one stage on a base image of AWS's, into which the outputs of a build are
/// copied. Anything else is refused with file and line; nothing is left out.
/// </summary>
/// <param name="file">As messages show it.</param>
/// <param name="given">Values for <c>ARG</c>.</param>
internal sealed partial class Dockerfile(string file, IReadOnlyDictionary<string, string> given)
{
    private readonly Dictionary<string, string> arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly List<Copy> copies = [];
    private BaseImage? from;
    private IReadOnlyList<string> entryPoint = [ImageLaunches.Script];
    private IReadOnlyList<string> command = [];
    private string workingDirectory = BaseImage.WorkingDirectory;

    /// <param name="text">The file's.</param>
    /// <exception cref="DockerfileException">An instruction is wrong, or not supported here.</exception>
    public static DockerfileContent Read(string file, string text, IReadOnlyDictionary<string, string> arguments)
    {
        var reader = new Dockerfile(file, arguments);
        var last = 1;
        foreach (var instruction in Instruction.ReadAll(file, text)) reader.Take(instruction, last = instruction.Line);
        if (reader.from is not { } from) throw new DockerfileException(file, last, "there is no FROM");
        if (!reader.HasWorkingDirectory)
            throw new DockerfileException(
                file, last,
                $"WORKDIR {reader.workingDirectory}: nothing is copied there, and this host makes no folder");
        return new DockerfileContent(
            from,
            new ImageSettings(
                from.Runtime, reader.entryPoint, reader.command, reader.workingDirectory, reader.variables),
            reader.copies);
    }

    // Docker would make the folder; what is stored here has folders of files only.
    private bool HasWorkingDirectory =>
        workingDirectory is "/" or "/tmp" or "/opt" or BaseImage.WorkingDirectory
        || copies.Any(copy => IsUnder(copy.Target, workingDirectory));

    private void Take(Instruction instruction, int line)
    {
        if (from is null && instruction.Name is not ("FROM" or "ARG"))
            throw Refused(line, $"{instruction.Name} before FROM");
        switch (instruction.Name)
        {
            case "FROM":
                TakeBase(instruction);
                break;
            case "ARG":
                TakeArgument(instruction);
                break;
            case "COPY":
                copies.Add(ReadCopy(instruction));
                break;
            case "ENV":
                var (name, value) = Pair(instruction);
                variables[name] = value;
                break;
            case "WORKDIR":
                workingDirectory = PathOfImage(Expand(instruction.Rest, line));
                break;
            // A new entry point empties the command that was there. Source: Dockerfile reference, "Understand how CMD
            // and ENTRYPOINT interact".
            case "ENTRYPOINT":
                (entryPoint, command) = (ExecForm(instruction), []);
                if (entryPoint.Count == 0) throw Refused(line, "ENTRYPOINT is empty");
                break;
            case "CMD":
                command = ExecForm(instruction);
                break;
            default:
                throw Refused(line, $"{instruction.Name} is not supported on this host, which builds images of "
                    + "FROM, ARG, COPY, ENV, WORKDIR, ENTRYPOINT and CMD only");
        }
    }

    private void TakeBase(Instruction instruction)
    {
        if (from is not null) throw Refused(instruction.Line, "a second FROM: this host builds one stage only");
        var name = Expand(instruction.Rest, instruction.Line);
        from = BaseImage.Find(name) ?? throw Refused(
            instruction.Line, $"FROM {name}: this host knows {BaseImage.Known}, and pulls no image");
    }

    private void TakeArgument(Instruction instruction)
    {
        var parts = instruction.Rest.Split('=', 2);
        if (given.TryGetValue(parts[0], out var value)) arguments[parts[0]] = value;
        else if (parts.Length == 2) arguments[parts[0]] = Expand(Unquoted(parts[1]), instruction.Line);
        else throw Refused(instruction.Line, $"ARG {parts[0]} has no default, and DockerBuildArgs gives no value");
    }

    private Copy ReadCopy(Instruction instruction)
    {
        var names = instruction.List() ?? instruction.Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) is { } option)
            throw Refused(instruction.Line, $"COPY {option} is not supported on this host");
        if (names.Count < 2) throw Refused(instruction.Line, "COPY needs a source and a destination");
        if (names.FirstOrDefault(name => name.IndexOfAny(['*', '?']) >= 0) is { } pattern)
            throw Refused(instruction.Line, $"COPY {pattern}: patterns are not supported on this host");
        var target = Expand(names[^1], instruction.Line);
        var path = PathOfImage(target);
        if (!IsLaid(path))
            throw Refused(instruction.Line,
                $"COPY to {target}: this host lays files in /var/task, /opt and, for an OS-only base, /var/runtime");
        return new Copy(
            instruction.Line, [.. names.SkipLast(1).Select(name => Expand(name, instruction.Line))], path,
            IsFolder: target.EndsWith('/') || names.Count > 2 || target is "." or "./");
    }

    private bool IsLaid(string path) =>
        IsUnder(path, "/var/task") || IsUnder(path, "/opt")
        || (from!.BringsNoRuntime && IsUnder(path, "/var/runtime"));

    private static bool IsUnder(string path, string root) =>
        path == root || path.StartsWith(root + "/", StringComparison.Ordinal);

    private IReadOnlyList<string> ExecForm(Instruction instruction) => instruction.List() ?? throw Refused(
        instruction.Line, $"{instruction.Name} must be a JSON list of texts, such as [\"a\", \"b\"]");

    private (string Name, string Value) Pair(Instruction instruction)
    {
        var match = Assignment().Match(instruction.Rest);
        return match.Success
            ? (match.Groups["name"].Value, Expand(Unquoted(match.Groups["value"].Value), instruction.Line))
            : throw Refused(instruction.Line, "ENV must be one NAME=value, quoted where it has spaces");
    }

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;

    // Relative paths are the working directory's, and dots do not lead out of the root.
    private string PathOfImage(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Path.GetFullPath(workingDirectory, "/")));

    private string Expand(string text, int line) => Reference().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        return variables.GetValueOrDefault(name) ?? arguments.GetValueOrDefault(name) ?? Builtin(name)
            ?? throw Refused(line, $"${name}: neither ARG nor ENV has given it a value");
    });

    // Set by AWS's base images.
    private static string? Builtin(string name) => name switch
    {
        "LAMBDA_TASK_ROOT" => "/var/task",
        "LAMBDA_RUNTIME_DIR" => "/var/runtime",
        _ => null,
    };

    private DockerfileException Refused(int line, string message) => new(file, line, message);

    [GeneratedRegex("""^(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>"[^"]*"|[^\s"]*)\z""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}

/// <summary>What a Dockerfile says.</summary>
/// <param name="Copies">In the order of the file.</param>
internal sealed record DockerfileContent(BaseImage Base, ImageSettings Settings, IReadOnlyList<Copy> Copies);

/// <summary>A <c>COPY</c>.</summary>
/// <param name="Sources">Relative to the build's context.</param>
/// <param name="Target">An absolute path of the image.</param>
/// <param name="IsFolder">Whether the target is a folder, whatever the source is.</param>
internal sealed record Copy(int Line, IReadOnlyList<string> Sources, string Target, bool IsFolder);
