#!/usr/bin/env bash
# A Windows package is made on Linux by wixl, with an upgrade (MajorUpgrade) and two custom actions, one after the other.
# Version: wixl and msitools 0.101 as packaged by Debian 12
# Guessed: the order depends only on what the source says, not on the names of the actions.
# Seen: the place of RemoveExistingProducts, which removes the old version, depends on the names. It is right after
#   InstallValidate, as MajorUpgrade means it, or after InstallFinalize, where it also removes what both versions have.
#   There is no warning.
# Needs: Debian packages wixl and msitools. Fails if it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo hello >hello.txt

# Prints the number of RemoveExistingProducts in the sequence of a package with custom actions of these names.
place() {
  cat >package.wxs <<SOURCE
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="11111111-2222-3333-4444-555555555555" UpgradeCode="11111111-2222-3333-4444-666666666666" Name="Finding"
           Version="1.0.0" Manufacturer="Example" Language="1033">
    <Package InstallerVersion="500" InstallScope="perMachine" Compressed="yes"/>
    <MajorUpgrade DowngradeErrorMessage="A newer version is installed."/>
    <Media Id="1" Cabinet="finding.cab" EmbedCab="yes"/>
    <Property Id="COMMAND" Value="cmd.exe"/>
    <CustomAction Id="$1" Property="COMMAND" Execute="deferred" Impersonate="no" ExeCommand="/c ver"/>
    <CustomAction Id="$2" Property="COMMAND" Execute="deferred" Impersonate="no" ExeCommand="/c ver"/>
    <InstallExecuteSequence>
      <Custom Action="$1" After="InstallFiles">NOT REMOVE</Custom>
      <Custom Action="$2" After="InstallInitialize">REMOVE="ALL"</Custom>
    </InstallExecuteSequence>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFilesFolder">
        <Directory Id="PROGRAM" Name="Finding">
          <Component Id="Text" Guid="11111111-2222-3333-4444-777777777777">
            <File Id="Hello" Name="hello.txt" Source="hello.txt" KeyPath="yes"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="All" Level="1"><ComponentRef Id="Text"/></Feature>
  </Product>
</Wix>
SOURCE
  wixl -o finding.msi package.wxs
  msiinfo export finding.msi InstallExecuteSequence | tr -d '\r' |
    awk -F '\t' '$1 == "RemoveExistingProducts" { remove = $3 } $1 == "InstallFiles" { files = $3 }
      END { print remove, files }'
}

declare -A seen=()
for names in 'Add Remove' 'Zadd Aremove' 'Aadd Zremove' 'M1 M2' 'Start Stop'; do
  # shellcheck disable=SC2086
  found=$(place $names)
  echo "actions $names: RemoveExistingProducts and InstallFiles at $found"
  seen[${found% *}]=1
done
[ ${#seen[@]} -gt 1 ]
