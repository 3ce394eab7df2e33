namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>What each pair of phase and fact leads to: phase | fact | next phase | effects in order.</summary>
/// <remarks>A pair that is not listed does what <see cref="Unlisted"/> says, and leaves the phase as it was.</remarks>
internal static class LifecycleTable
{
    private const string Table = """
        Init | Retire | Shutdown | Kill(runtime)
        Init | Timer | Shutdown | InitReport(Sandbox.Timedout) Kill(runtime)
        Init | Exited | Ready | InitReport(Runtime.ExitError) Free
        Init | NotStarted | Ready | InitReport(Runtime.InvalidEntrypoint) Free
        Init | Next | Ready | Free ArmTimer
        Init | InitError | Shutdown | InitReport(Runtime.Unknown) ArmTimer
        Init | Registered | same | Reject(Extension.InvalidEventType)
        Init | Registered/internal | Init |

        Init+ext-started | Retire | Shutdown | Kill(ext) ArmTimer
        Init+ext-started | Timer | Shutdown | ext:Started InitReport(Sandbox.Timedout) Kill(ext) ArmTimer
        Init+ext-started | Exited/ext | Ready | ext:Exited InitReport(Extension.Crash) Free
        Init+ext-started | NotStarted/ext | Ready | ext:LaunchError InitReport(Extension.LaunchError) Free
        Init+ext-started | Registered | Init | StartRuntime
        Init+ext-started | Registered/internal | Init |

        Init+ext | Retire | Shutdown | Terminate(runtime) ArmTimer
        Init+ext | Timer | Shutdown | ext:Registered InitReport(Sandbox.Timedout) Terminate(runtime) ArmTimer
        Init+ext | Dropped | Init |
        Init+ext | Exited | Shutdown | ext:Registered InitReport(Runtime.ExitError) ArmTimer
        Init+ext | Exited/ext | Shutdown | ext:Exited InitReport(Extension.Crash) Kill(runtime)
        Init+ext | NotStarted | Shutdown | ext:Registered InitReport(Runtime.InvalidEntrypoint) ArmTimer
        Init+ext | NotStarted/ext | Shutdown | ext:LaunchError InitReport(Extension.LaunchError) Kill(runtime)
        Init+ext | ExtNext | Ready | ext:Ready Free ArmTimer
        Init+ext | ExtFailed/init | Shutdown | ext:InitError InitReport(Extension.InitError) Terminate(runtime) ArmTimer
        Init+ext | ExtFailed/exit | Shutdown | ext:ExitError InitReport(Extension.ExitError) Terminate(runtime) ArmTimer

        Ready | Invoke | Invoke | WriteStart ArmTimer AnswerNext
        Ready | Retire | Shutdown | Kill(runtime)
        Ready | Timer | Ready | Freeze
        Ready | Dropped | Ready |
        Ready | Exited | Ready |
        Ready | NotStarted | Ready |

        Ready+frozen | Invoke | Invoke | Thaw WriteStart ArmTimer AnswerNext
        Ready+frozen | Retire | Shutdown | Kill(runtime)
        Ready+frozen | Dropped | Ready |
        Ready+frozen | Exited | Ready |
        Ready+frozen | NotStarted | Ready |

        Ready+dropped | Invoke | Invoke | WriteStart ArmTimer
        Ready+dropped | Retire | Shutdown | Kill(runtime)
        Ready+dropped | Timer | Ready | Freeze
        Ready+dropped | Exited | Ready |
        Ready+dropped | NotStarted | Ready |
        Ready+dropped | Next | Ready |

        Ready+empty | Invoke | Invoke | WriteStart StartRuntime ArmTimer
        Ready+empty | Retire | Terminated | Over

        Ready+ext | Invoke | Invoke | WriteStart ArmTimer AnswerExtension(Invoke) AnswerNext
        Ready+ext | Retire | Shutdown | Terminate(runtime) ArmTimer
        Ready+ext | Timer | Ready | Freeze
        Ready+ext | Dropped | Ready |
        Ready+ext | Dropped/ext | Ready |
        Ready+ext | Exited | Shutdown | AnswerExtension(Failure) ArmTimer
        Ready+ext | Exited/ext | Shutdown | Kill(runtime)
        Ready+ext | NotStarted | Shutdown | AnswerExtension(Failure) ArmTimer
        Ready+ext | NotStarted/ext | Shutdown | Kill(runtime)
        Ready+ext | ExtFailed/exit | Shutdown | Terminate(runtime) ArmTimer

        Invoke+init | Retire | Shutdown | Kill(runtime) Report(Sandbox.Failure) Answer(Sandbox.Failure)
        Invoke+init | Timer | Shutdown | Kill(runtime) Report(Sandbox.Timedout) Answer(Sandbox.Timedout)
        Invoke+init | Exited | Ready | Report(Runtime.ExitError) Answer(Runtime.ExitError) Free
        Invoke+init | NotStarted | Ready | Report(Runtime.InvalidEntrypoint) Answer(Runtime.InvalidEntrypoint) Free
        Invoke+init | Next | Invoke | AnswerNext
        Invoke+init | InitError | Shutdown | ArmTimer Report(Runtime.Unknown) Answer(Runtime.Unknown)
        Invoke+init | Registered | same | Reject(Extension.InvalidEventType)
        Invoke+init | Registered/internal | Invoke |

        Invoke | Retire | Shutdown | Kill(runtime) Report(Sandbox.Failure) Answer(Sandbox.Failure)
        Invoke | Timer | Shutdown | Kill(runtime) Report(Sandbox.Timedout) Answer(Sandbox.Timedout)
        Invoke | Exited | Ready | Report(Runtime.ExitError) Answer(Runtime.ExitError) Free
        Invoke | NotStarted | Ready | Report(Runtime.InvalidEntrypoint) Answer(Runtime.InvalidEntrypoint) Free
        Invoke | Next | same | AnswerNext
        Invoke | Response | Invoke | Answer(ok)
        Invoke | Response/large | Invoke | Answer(Function.ResponseSizeTooLarge) Reject(RequestEntityTooLarge)
        Invoke | Response/cut | same | Reject(TruncatedHTTPRequest)
        Invoke | Response/mode | Invoke | Answer(Runtime.InvalidResponseModeHeader) Reject(InvalidFunctionResponseMode)
        Invoke | Error | Invoke | Answer(Runtime.Unknown)

        Invoke+sent | Retire | Shutdown | Kill(runtime) Report(Sandbox.Failure)
        Invoke+sent | Timer | Shutdown | Kill(runtime) Report(Sandbox.Timedout)
        Invoke+sent | Exited | Ready | Report(Runtime.ExitError) Free
        Invoke+sent | NotStarted | Ready | Report(Runtime.InvalidEntrypoint) Free
        Invoke+sent | Next | Ready | Report(ok) Free ArmTimer

        Invoke+ext-busy | Retire | Shutdown | Terminate(runtime) ArmTimer Report(Sandbox.Failure)
        Invoke+ext-busy | Timer | Shutdown | Terminate(runtime) ArmTimer Report(Sandbox.Timedout)
        Invoke+ext-busy | Dropped | Invoke |
        Invoke+ext-busy | Exited | Shutdown | ArmTimer Report(Runtime.ExitError)
        Invoke+ext-busy | Exited/ext | Shutdown | Kill(runtime) Report(Extension.Crash)
        Invoke+ext-busy | NotStarted | Shutdown | ArmTimer Report(Runtime.InvalidEntrypoint)
        Invoke+ext-busy | NotStarted/ext | Shutdown | Kill(runtime) Report(Extension.LaunchError)
        Invoke+ext-busy | ExtNext | Ready | Report(ok) Free ArmTimer
        Invoke+ext-busy | ExtFailed/exit | Shutdown | Terminate(runtime) ArmTimer Report(Extension.ExitError)

        Shutdown+leaving | Retire | Shutdown |
        Shutdown+leaving | Timer | Shutdown | Kill(runtime) AnswerExtension(Failure) ArmTimer
        Shutdown+leaving | Dropped/ext | Shutdown |
        Shutdown+leaving | Exited | Shutdown | AnswerExtension(Failure) ArmTimer
        Shutdown+leaving | Exited/ext | Shutdown |
        Shutdown+leaving | NotStarted | Shutdown | AnswerExtension(Failure) ArmTimer
        Shutdown+leaving | NotStarted/ext | Shutdown |

        Shutdown+ext | Retire | Shutdown |
        Shutdown+ext | Timer | Shutdown | Kill(ext)
        Shutdown+ext | Exited/ext | Ready | Free
        Shutdown+ext | NotStarted/ext | Ready | Free
        Shutdown+ext | ExtNext | same | AnswerExtension(Failure)

        Shutdown+killed | Retire | Shutdown | Complete(Sandbox.Failure)
        Shutdown+killed | Timer | same |
        Shutdown+killed | Exited | Invoke | WriteStart StartRuntime ArmTimer
        Shutdown+killed | NotStarted | Invoke | WriteStart StartRuntime ArmTimer

        Shutdown+idle-before | Invoke | Shutdown |
        Shutdown+idle-before | Retire | Shutdown |
        Shutdown+idle-before | Timer | same |
        Shutdown+idle-before | Exited | Ready |
        Shutdown+idle-before | NotStarted | Ready |
        """;

    public static Dictionary<(string Phase, string Fact), string> Expected { get; } = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => (cells[0], cells[1]), cells => $"{cells[2]} | {cells[3]}".Trim());

    /// <summary>
    /// Lost races are silent; a wrong or late request id comes before the state; the rest is refused.
    /// </summary>
    public static string Unlisted(string phase, string fact)
    {
        var live = phase[..4] is "Init" or "Read" or "Invo";
        return fact switch
        {
            "Timer/stale" or "Dropped" or "Dropped/ext" => "same |",
            _ when fact.StartsWith("Response") || fact.StartsWith("Error") =>
                "same | Reject(InvalidRequestID)",
            "Registered" when live && phase.Contains("ext") => "same | Reject(Extension.InvalidExtensionState)",
            "Registered" when live => "same | Reject(Extension.InvalidEventType)",
            "Registered/internal" when live => "same | Reject(Extension.RegistrationClosed)",
            _ when live && fact.StartsWith("Ext") => "same | Reject(Extension.InvalidExtensionState)",
            "ExtNext" when phase.StartsWith("Shutdown") => "same | Reject(Extension.InvalidExtensionState)",
            _ => "same | Reject(InvalidStateTransition)",
        };
    }
}
