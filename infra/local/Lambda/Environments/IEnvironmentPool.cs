namespace Isobar.Local.Lambda.Environments;

/// <summary>The execution environments of one host: finds, starts, reuses and retires them.</summary>
internal interface IEnvironmentPool
{
    /// <summary>Runs one invocation in a free environment of the function, starting one when none is free.</summary>
    /// <param name="function">
    /// One deployed version. The instance is its identity: pass the same instance for the same deployment and a new
    /// one for new code or configuration; environments of a superseded instance finish and are not used again.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the caller's wait. An invocation that has begun goes on, as it does on AWS when a client hangs up.
    /// </param>
    /// <returns>
    /// The outcome, also for function errors, crashes and timeouts: those are answers, not exceptions.
    /// </returns>
    /// <exception cref="HostSaturatedException">Every environment is busy and the waiting queue is full.</exception>
    /// <exception cref="OperationCanceledException">The caller's wait was cancelled.</exception>
    ValueTask<InvocationOutcome> InvokeAsync(
        FunctionConfiguration function, InvocationRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Says which environments are to be there whether they are used or not, in place of what an earlier list said.
    /// They are started, replaced when they fail, and neither retired nor lent to another function.
    /// </summary>
    /// <param name="wanted">A list that comes after one of a higher number is ignored.</param>
    /// <param name="owner">Is told what has become of them.</param>
    void Provision(ProvisionedPlaces wanted, IProvisioningOwner owner);

    /// <summary>Whether this machine can hold so many provisioned environments.</summary>
    /// <param name="function">One that is to have some of them.</param>
    /// <param name="together">Of all functions.</param>
    /// <returns>Null when it can; otherwise why not, as a sentence.</returns>
    string? WhyNotProvision(FunctionConfiguration function, int together);

    /// <summary>Invocations waiting or running now: a jump of the service clock waits until it is zero.</summary>
    int InFlight { get; }

    /// <summary>
    /// Refuses new invocations, ends every environment, and returns when no process of theirs is left.
    /// </summary>
    /// <remarks>An invocation still open is answered <c>Sandbox.Failure</c>.</remarks>
    ValueTask DrainAsync();
}
