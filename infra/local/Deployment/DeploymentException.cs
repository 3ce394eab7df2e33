namespace Isobar.Local.Deployment;

/// <summary>The template can't be deployed here; it has every error that was found, one line each.</summary>
internal sealed class DeploymentException : Exception
{
    public DeploymentException(IReadOnlyList<DeploymentError> errors, Exception? cause = null)
        : base(string.Join('\n', errors), cause)
    {
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count);
        Errors = errors;
    }

    public DeploymentException(SourceLocation location, string logicalId, string message, Exception? cause = null)
        : this([new DeploymentError(location, logicalId, message)], cause)
    {
    }

    public IReadOnlyList<DeploymentError> Errors { get; }
}
