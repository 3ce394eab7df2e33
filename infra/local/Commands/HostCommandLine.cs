using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>The options that every command which starts a host shares.</summary>
internal sealed class HostCommandLine
{
    private const int MaxPort = 65_535;
    private const string Loopback = "127.0.0.1";
    private const string All = "0.0.0.0";

    private readonly Option<FileInfo?> template = ReadableFile.Option(
        "--template", "The template to deploy [default: the template.yaml in this folder or the nearest folder above]");

    private readonly Option<string> stackName = new("--stack-name")
    {
        Description = "The name of the stack, with which names of its resources begin",
        DefaultValueFactory = _ => LocalHostOptions.DefaultStackName,
    };

    private readonly Option<string[]> overrides = new("--parameter-overrides")
    {
        Description = "Template parameters as Name=value pairs; they override infra/local/local.parameters.yaml",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> maxEnvironments = NumberOption.Create(
        "--max-environments", "Maximum number of execution environments (processes) of all functions together",
        least: 1, most: 1_000, LocalHostOptions.DefaultMaxEnvironments);

    private readonly Option<int> accountConcurrency = NumberOption.Create(
        "--account-concurrency", "Lambda's concurrency limit of the account, as AWS counts it; a new account has 10",
        least: 1, most: AccountLimits.MaxConcurrency, LambdaLimits.AccountConcurrency);

    private readonly Option<int?> unreservedConcurrency = NumberOption.CreateOptional(
        "--unreserved-concurrency", "What reserved concurrency must leave unreserved [default: 100, or all of less]",
        least: 0, AccountLimits.MaxConcurrency);

    private readonly Option<string> isolation = new("--isolation")
    {
        Description = "Isolation of the execution environments; auto means namespaces if the system allows them",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<DirectoryInfo?> runtimeClients = new("--runtime-clients")
    {
        Description = "A folder with Lambda's runtime clients for functions in Node.js and Python: "
            + "node_modules/aws-lambda-ric, python/awslambdaric [default: the global packages of node and python3]",
    };

    private readonly Option<bool> noBuild = new("--no-build")
    {
        Description = "Do not build the application first; run the last build",
    };

    private readonly Option<string> configuration = new("--configuration")
    {
        Description = "The build configuration of the application",
        DefaultValueFactory = _ => "Debug",
    };

    private readonly Option<int?> edgePort = NumberOption.CreateOptional(
        "--edge-port", "The website's port on 127.0.0.1 [default: --port plus 1]; 0 for any free port",
        least: 0, MaxPort);

    private readonly Option<string> bind = new("--bind")
    {
        Description = "127.0.0.1, or 0.0.0.0 to be reached from other machines, which can then run code here: only for "
            + "a container whose port is published on loopback",
        DefaultValueFactory = _ => Loopback,
    };

    private readonly Option<int> port;
    private readonly int defaultPort;

    /// <param name="defaultPort">0 for any free port.</param>
    public HostCommandLine(int defaultPort)
    {
        this.defaultPort = defaultPort;
        port = NumberOption.Create(
            "--port", "The AWS endpoint's port on 127.0.0.1; 0 for any free port",
            least: 0, MaxPort, defaultPort);
        bind.AcceptOnlyFromAmong(Loopback, All);
        isolation.AcceptOnlyFromAmong("auto", "namespaces", "plain");
        configuration.AcceptOnlyFromAmong("Debug", "Release");
        stackName.Validators.Add(result =>
        {
            if (!StackIdentity.IsName(result.Tokens is [var name] ? name.Value : LocalHostOptions.DefaultStackName))
                result.AddError("--stack-name takes letters, digits and hyphens, a letter first, at most 128.");
        });
        overrides.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
                result.AddError($"--parameter-overrides takes Name=value pairs, not '{token.Value}'.");
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [port, edgePort, bind, template, stackName, overrides, maxEnvironments, accountConcurrency,
             unreservedConcurrency, isolation, runtimeClients, noBuild, configuration])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (Given(result.GetResult(edgePort)) is > 0 and var website
                && website == (Given(result.GetResult(port)) ?? defaultPort))
                result.AddError($"--port and --edge-port are both {website}; the website needs a port of its own.");
        });
    }

    public bool ShouldBuild(ParseResult line) => !line.GetValue(noBuild);

    /// <summary>The same, while the line is checked.</summary>
    public bool ShouldBuild(CommandResult command) => !command.GetValue(noBuild);

    /// <param name="dataDirectory">Where the host may keep its data.</param>
    /// <exception cref="UsageException">No template was given or found.</exception>
    /// <exception cref="Wire.PortException">A port is taken.</exception>
    public LocalHostOptions Read(ParseResult line, string dataDirectory)
    {
        var file = line.GetValue(template)?.FullName ?? Nearest("template.yaml");
        var root = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var profile = Path.Combine(root, "infra", "local", "local.parameters.yaml");
        var edge = Path.Combine(root, "infra", "stacks", "edge.yaml");
        var live = Path.Combine(root, "infra", "stacks", "live.yaml");
        var options = new LocalHostOptions
        {
            TemplateFile = Path.GetRelativePath(Environment.CurrentDirectory, file),
            ParametersFile = File.Exists(profile) ? Path.GetRelativePath(Environment.CurrentDirectory, profile) : null,
            ParameterOverrides = line.GetValue(overrides) ?? [],
            StackName = line.GetValue(stackName)!,
            Port = line.GetValue(port),
            Bind = line.GetValue(bind) == All ? BindAddress.All : BindAddress.Loopback,
            EdgeTemplateFile = File.Exists(edge) ? Path.GetRelativePath(Environment.CurrentDirectory, edge) : null,
            LiveTemplateFile = File.Exists(live) ? Path.GetRelativePath(Environment.CurrentDirectory, live) : null,
            EdgePort = line.GetValue(edgePort)
                ?? (line.GetValue(port) is > 0 and < MaxPort and var endpoint ? endpoint + 1 : 0),
            MaxEnvironments = line.GetValue(maxEnvironments),
            Account = new AccountLimits
            {
                Concurrency = line.GetValue(accountConcurrency),
                LeastUnreserved = line.GetValue(unreservedConcurrency),
            },
            Isolation = Enum.Parse<IsolationChoice>(line.GetValue(isolation)!, ignoreCase: true),
            Languages = Program.FindLanguages(line.GetValue(runtimeClients)?.FullName),
            RepositoryRoot = root,
            Configuration = line.GetValue(configuration)!,
            DataDirectory = dataDirectory,
        };
        Ports.RequireFree(options.Port, options.EdgeTemplateFile is null ? 0 : options.EdgePort);
        return options;
    }

    // For text that is not a number the parser has already added an error, and GetValue would throw.
    private static int? Given(OptionResult? result) =>
        result is { Tokens: [{ Value: var text }] } && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Nearest(string name)
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, name))) return Path.Combine(folder.FullName, name);
        throw new UsageException($"There is no {name} in this folder or above it. Give its path with --template.");
    }
}

/// <summary>The command can't run as it was typed. Only the message is printed, without a stack trace.</summary>
internal class UsageException(string message) : Exception(message);
