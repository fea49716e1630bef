; The set-up program of Windows: for one user, without an administrator. installer/pack.py gives what is in the next lines.
; Written against the documentation of Inno Setup 6.3, not tried on Windows.
#ifndef Version
  #error Version is missing: run installer/pack.py setup
#endif
#ifndef Program
  #error Program is missing: run installer/pack.py setup
#endif
#ifndef AppUserModelID
  #error AppUserModelID is missing: run installer/pack.py setup
#endif
#ifndef Compression
  #define Compression "lzma2/max"
#endif

[Setup]
AppId={{6F2B7B0C-5B0B-4B7E-9C1D-6F5A9B3E2D41}
AppName=Shotglass
AppVersion={#Version}
AppVerName=Shotglass {#Version}
DefaultDirName={localappdata}\Programs\Shotglass
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\LICENSE
UninstallDisplayIcon={app}\shotglassw.exe
Compression={#Compression}
SolidCompression=yes
WizardStyle=modern
CloseApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "ja"; MessagesFile: "compiler:Languages\Japanese.isl"

[CustomMessages]
Autostart=Start Shotglass when I sign in

[Tasks]
Name: "autostart"; Description: "{cm:Autostart}"; Flags: unchecked

[InstallDelete]
; Files of an older version would be loaded beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\Shotglass"; Filename: "{app}\shotglassw.exe"; AppUserModelID: "{#AppUserModelID}"

[Registry]
; The value that the preferences of the app read and write (desktop/autostart/registry.py).
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "Shotglass"; \
  ValueData: """{app}\shotglassw.exe"""; Tasks: autostart
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "Shotglass"; \
  Flags: uninsdeletevalue dontcreatekey

[Run]
Filename: "{app}\shotglassw.exe"; Description: "{cm:LaunchProgram,Shotglass}"; Flags: nowait postinstall skipifsilent

[Code]
procedure EndProgram;
var
  Code: Integer;
begin
  { Without /F it is asked to close; whoever does not answer within two seconds is ended. }
  Exec(ExpandConstant('{sys}\taskkill.exe'), '/IM shotglassw.exe', '', SW_HIDE, ewWaitUntilTerminated, Code);
  Sleep(2000);
  Exec(ExpandConstant('{sys}\taskkill.exe'), '/F /IM shotglassw.exe', '', SW_HIDE, ewWaitUntilTerminated, Code);
  Exec(ExpandConstant('{sys}\taskkill.exe'), '/F /IM shotglass.exe', '', SW_HIDE, ewWaitUntilTerminated, Code);
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  EndProgram;
  Result := '';
end;

procedure AskAndDelete(Question, Path: String; IsFolder: Boolean);
begin
  if not (FileExists(Path) or DirExists(Path)) then
    exit;
  { In a silent uninstallation nobody answers, and everything stays. }
  if SuppressibleMsgBox(Question, mbConfirmation, MB_YESNO or MB_DEFBUTTON2, IDNO) <> IDYES then
    exit;
  if IsFolder then
    DelTree(Path, True, True, True)
  else
    DelTree(Path + '*', False, True, False);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  { The folder of platformdirs for "shotglass": desktop/paths.py. }
  Data := ExpandConstant('{localappdata}\shotglass');
  if Step = usUninstall then
    EndProgram;
  if Step = usPostUninstall then
  begin
    AskAndDelete('Delete the downloaded models, too? They can be downloaded again.', Data + '\models', True);
    AskAndDelete('Delete the history, too? It cannot be brought back.', Data + '\history.sqlite', False);
  end;
end;
