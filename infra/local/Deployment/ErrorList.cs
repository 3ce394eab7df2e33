namespace Isobar.Local.Deployment;

/// <summary>Collects errors, so that a person sees all of them after one run.</summary>
internal sealed class ErrorList
{
    private readonly List<DeploymentError> errors = [];
    private readonly HashSet<DeploymentError> seen = [];
    private readonly List<Exception> causes = [];

    public int Count => errors.Count;

    public IReadOnlyList<DeploymentError> Errors => errors;

    /// <summary>Adds an error once: a wrong value in Globals is one error, not one for each function.</summary>
    public void Add(SourceLocation location, string logicalId, string message)
    {
        var error = new DeploymentError(location, logicalId, message);
        if (seen.Add(error)) errors.Add(error);
    }

    public void Add(DeploymentException exception)
    {
        foreach (var error in exception.Errors) Add(error.Location, error.LogicalId, error.Message);
        if (exception.InnerException is { } cause) causes.Add(cause);
    }

    /// <exception cref="DeploymentException">There are errors; they are in the order of the lines.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count == 0) return;
        var cause = causes.Count switch { 0 => null, 1 => causes[0], _ => new AggregateException(causes) };
        var ordered = errors.GroupBy(error => error.Location.File)
            .SelectMany(file => file.OrderBy(error => error.Location.Line));
        throw new DeploymentException([.. ordered], cause);
    }
}
