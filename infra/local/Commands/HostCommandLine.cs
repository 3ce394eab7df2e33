using System.CommandLine;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Commands;

/// <summary>The options that every command which starts a host shares.</summary>
internal sealed class HostCommandLine
{
    private readonly Option<FileInfo?> template = new("--template")
    {
        Description = "The template to deploy [default: the nearest template.yaml, from here upwards]",
    };

    private readonly Option<string[]> overrides = new("--parameter-overrides")
    {
        Description = "Name=value pairs laid over infra/local/local.parameters.yaml",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> maxEnvironments = new("--max-environments")
    {
        Description = "Execution environments (processes) at a time, over all functions",
        DefaultValueFactory = _ => LocalHostOptions.DefaultMaxEnvironments,
    };

    private readonly Option<IsolationChoice> isolation = new("--isolation")
    {
        Description = "How execution environments are kept apart; auto takes namespaces where the system allows them",
        DefaultValueFactory = _ => IsolationChoice.Auto,
        HelpName = "auto|namespaces|plain",
    };

    private readonly Option<bool> noBuild = new("--no-build")
    {
        Description = "Run what is built already",
    };

    private readonly Option<string> configuration = new("--configuration")
    {
        Description = "The build configuration to build and run",
        DefaultValueFactory = _ => "Debug",
    };

    private readonly Option<int?> edgePort = new("--edge-port")
    {
        Description = "Where the website listens on 127.0.0.1 [default: one above --port]; 0 takes any free port",
    };

    private readonly Option<int> port;

    /// <param name="defaultPort">0 for any free port.</param>
    public HostCommandLine(int defaultPort)
    {
        port = new Option<int>("--port")
        {
            Description = "Where the AWS endpoint listens on 127.0.0.1; 0 takes any free port",
            DefaultValueFactory = _ => defaultPort,
        };
        port.Validators.Add(result => InRange(result, "--port", 0, 65_535));
        edgePort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65_535) result.AddError("--edge-port takes 0 to 65535.");
        });
        configuration.AcceptOnlyFromAmong("Debug", "Release");
        maxEnvironments.Validators.Add(result => InRange(result, "--max-environments", 1, 1_000));
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [port, edgePort, template, overrides, maxEnvironments, isolation, noBuild, configuration])
            command.Options.Add(option);
    }

    public bool ShouldBuild(ParseResult line) => !line.GetValue(noBuild);

    /// <exception cref="UsageException">No template was named, and none is near.</exception>
    public LocalHostOptions Read(ParseResult line)
    {
        var file = line.GetValue(template)?.FullName ?? Nearest("template.yaml");
        var root = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var profile = Path.Combine(root, "infra", "local", "local.parameters.yaml");
        var edge = Path.Combine(root, "infra", "stacks", "edge.yaml");
        return new LocalHostOptions
        {
            TemplateFile = Path.GetRelativePath(Environment.CurrentDirectory, file),
            ParametersFile = File.Exists(profile) ? Path.GetRelativePath(Environment.CurrentDirectory, profile) : null,
            ParameterOverrides = line.GetValue(overrides) ?? [],
            Port = line.GetValue(port),
            EdgeTemplateFile = File.Exists(edge) ? Path.GetRelativePath(Environment.CurrentDirectory, edge) : null,
            EdgePort = line.GetValue(edgePort) ?? (line.GetValue(port) is > 0 and < 65_535 and var free ? free + 1 : 0),
            MaxEnvironments = line.GetValue(maxEnvironments),
            Isolation = line.GetValue(isolation),
            RepositoryRoot = root,
            Configuration = line.GetValue(configuration)!,
            DataDirectory = Directory.CreateTempSubdirectory("isobar-").FullName,
        };
    }

    private static void InRange(System.CommandLine.Parsing.OptionResult result, string name, int least, int most)
    {
        var value = result.GetValueOrDefault<int>();
        if (value < least || value > most) result.AddError($"{name} takes {least} to {most}, not {value}.");
    }

    private static string Nearest(string name)
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, name))) return Path.Combine(folder.FullName, name);
        throw new UsageException($"There is no {name} here or above; name it with --template.");
    }
}

/// <summary>The command can't be carried out as it was given; the message says why, without a stack trace.</summary>
internal sealed class UsageException(string message) : Exception(message);
