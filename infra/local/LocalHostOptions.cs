using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local;

/// <summary>How a host is started.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>4580, where the host listens unless told otherwise; not 4566, which is LocalStack's.</summary>
    public const int DefaultPort = 4580;

    /// <summary>Execution environments at a time, over all functions, unless told otherwise.</summary>
    public const int DefaultMaxEnvironments = 16;

    /// <summary>The stack's name unless told otherwise.</summary>
    public const string DefaultStackName = "isobar";

    /// <summary>The template to deploy.</summary>
    public required string TemplateFile { get; init; }

    /// <summary>Values for the template's parameters, or null for its defaults.</summary>
    public string? ParametersFile { get; init; }

    /// <summary><c>Name=value</c> pairs laid over the file's.</summary>
    public IReadOnlyList<string> ParameterOverrides { get; init; } = [];

    /// <summary>1 to 65,535, or 0 for any free port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Where the endpoint and the distribution listen.</summary>
    public BindAddress Bind { get; init; }

    /// <summary>The template of the edge stack, or null for no distribution.</summary>
    public string? EdgeTemplateFile { get; init; }

    /// <summary>
    /// The template of the stack of live readings, which is deployed where the core's LiveReadings is on; or null.
    /// </summary>
    public string? LiveTemplateFile { get; init; }

    /// <summary>Where the distribution listens: 1 to 65,535, or 0 for any free port.</summary>
    public int EdgePort { get; init; }

    /// <summary>The Node.js executable that runs edge functions, or null where there is none.</summary>
    public string? Node { get; init; } = Program.FindNode();

    /// <summary>The Python executable that runs edge functions, or null where there is none.</summary>
    public string? Python { get; init; } = Program.FindPython();

    /// <summary>What this machine has for Lambda's Node.js and Python runtimes.</summary>
    public LanguageRuntimes Languages { get; init; } = Program.FindLanguages(clients: null);

    public IsolationChoice Isolation { get; init; }

    public int MaxEnvironments { get; init; } = DefaultMaxEnvironments;

    /// <summary>AWS's limits of the account, which are counted apart from this machine's.</summary>
    public AccountLimits Account { get; init; } = new();

    /// <summary>The folder to which the template's paths are relative: its own.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>Builds the project file that a CodeUri stands for; null to run the last build.</summary>
    public Func<string, CancellationToken, Task>? BuildProject { get; init; }

    /// <summary>Whether what runs was built for it, not taken as it was found.</summary>
    public bool Builds { get; init; }

    /// <summary>The build configuration whose outputs run.</summary>
    public string Configuration { get; init; } = "Debug";

    /// <summary>Where objects, code and the environments' <c>/tmp</c> are kept; deleted when the host stops.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether clients may ask for a reset, which the owner of the host then does.</summary>
    public bool CanBeReset { get; init; }

    /// <summary>The host whose place this one takes; null for a host of its own.</summary>
    public HostContinuation? Continues { get; init; }

    public string StackName { get; init; } = DefaultStackName;

    public string Region { get; init; } = "us-east-1";

    /// <summary>The host's one account.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>Decides about calls before their operations run; null to allow every call.</summary>
    public IRequestGate? Gate { get; init; }
}
